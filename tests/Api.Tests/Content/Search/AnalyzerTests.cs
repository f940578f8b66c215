using System.Diagnostics;
using Galley.Content.Search;

namespace Galley.Tests.Content.Search;

/// <summary>How words are read, in any script.</summary>
public sealed class AnalyzerTests
{
    [Theory]
    [InlineData("Late Winner, at Anfield!", "late winner at anfield")]
    [InlineData("Élection à Nîmes : ÇA VA ?", "election a nimes ca va")]
    [InlineData("Œuvre, Ærø, Straße, STRASSE, Łódź, Đà Nẵng, Þór", "oeuvre aero strasse strasse lodz da nang thor")]
    [InlineData("İstanbul IŞIK ılık", "istanbul isik ilik")]
    [InlineData("ﬁnance № ２０２４ m²", "finance 2024 m2")]
    [InlineData("soft\u00ADhyphen zero\u200Dwidth\u200Cjoiner \u2067mark\u2069", "softhyphen zerowidthjoiner mark")]
    [InlineData("cafe\u0301 naïve", "cafe naive")]
    public void Latin(string text, string words) => Assert.Equal(words, Words(text));

    [Theory]
    [InlineData("l'Iran", "iran", "")]
    [InlineData("L’Élysée, qu’il, jusqu’à, puisqu'on d'aujourd'hui", "elysee il a on aujourdhui", "aujourd hui")]
    [InlineData("don't", "dont", "don t")]
    [InlineData("O'Brien and O’Neill", "obrien and oneill", "o brien o neill")]
    [InlineData("Iran's, the boys' and rock'n'roll", "iran the boys and rocknroll", "rock n roll")]
    [InlineData("dell'Iran", "iran", "")]
    [InlineData("п’ять", "пять", "")]
    public void Apostrophes(string text, string words, string others)
    {
        Assert.Equal(words, Words(text));
        Assert.Equal(others, Others(text));
    }

    [Theory]
    [InlineData("Saint-Denis", "saint denis", "saintdenis")]
    [InlineData("e\u2011mail — COVID-19", "e mail covid 19", "email covid19")]
    [InlineData("a - b, -c", "a b c", "")]
    public void Hyphens(string text, string words, string others)
    {
        Assert.Equal(words, Words(text));
        Assert.Equal(others, Others(text));
    }

    [Theory]
    [InlineData("1.000 1,000,000 1\u202F000 1’000 1000", "1000 1000000 1000 1000 1000")]
    [InlineData("3.14 0.125 1.0000 12.12.2024", "3 14 0 125 1 0000 12 12 2024")]
    [InlineData("١٬٠٠٠ ٢٠٢٤ ۱۲", "1 000 2024 12")]
    [InlineData("U.S. U.S.A, e.g. J.K. Rowling", "us usa eg jk rowling")]
    [InlineData("example.org AT&T", "example org at t")]
    public void Numbers_and_initials(string text, string words) => Assert.Equal(words, Words(text));

    [Theory]
    [InlineData("كِتَابٌ كـتـاب", "كتاب كتاب", "تاب تاب")]
    [InlineData("أعلنت اعلنت إعلان آخر", "اعلنت اعلنت اعلان اخر", "")]
    [InlineData("الحكومة", "الحكومه", "حكومه")]
    [InlineData("والحكومة", "والحكومه", "حكومه الحكومه")]
    [InlineData("وبالحكومة", "وبالحكومه", "بالحكومه حكومه الحكومه")]
    [InlineData("للحكومة", "للحكومه", "حكومه لحكومه")]
    [InlineData("مستشفى على", "مستشفي علي", "")]
    public void Arabic(string text, string words, string others)
    {
        Assert.Equal(words, Words(text));
        Assert.Equal(others, Others(text));
    }

    [Theory]
    [InlineData("שָׁלוֹם", "שלומ", "לומ")]
    [InlineData("והממשלה", "והממשלה", "הממשלה ממשלה משלה")]
    [InlineData("צה\"ל צה״ל ארה“ב", "צהל צהל ארהב", "")]
    [InlineData("ג'ורג' צ‘לסי", "גורג צלסי", "")]
    public void Hebrew(string text, string words, string others)
    {
        Assert.Equal(words, Words(text));
        Assert.Equal(others, Others(text));
    }

    [Theory]
    [InlineData("Ёлка, йод, За́мок, Київ", "елка йод замок київ")]
    [InlineData("Οδυσσεύς ΑΘΗΝΑ Αθήνα", "οδυσσευσ αθηνα αθηνα")]
    [InlineData("हिन्दी की के ज़मीन", "हिन्दी की के जमीन")]
    public void Other_alphabets(string text, string words) => Assert.Equal(words, Words(text));

    [Theory]
    [InlineData("大马士革的冬天", "大马 马士 士革 革的 的冬 冬天", "大 马 士 革 的 冬 天")]
    [InlineData("雪", "雪", "雪")]
    [InlineData("iPhone手机5月", "iphone 手机 5 月", "手 机 月")]
    [InlineData("ﾊﾟﾘ パリ", "パリ パリ", "パ リ パ リ")]
    [InlineData("서울에서", "서울 울에 에서", "서 울 에 서")]
    [InlineData("กรุงเทพ", "กรุ รุง งเ เท ทพ", "")]
    public void Scripts_without_gaps(string text, string words, string others)
    {
        Assert.Equal(words, Words(text));
        Assert.Equal(others, Others(text));
    }

    [Theory]
    [InlineData("« L’Élysée »", 4, 10)]
    [InlineData("𝐀 Iran’s", 3, 7)]
    public void Places_are_those_of_the_text(string text, int start, int end)
    {
        var word = Analyzer.Read(text).Words[^1];

        Assert.Equal((start, end), (word.Start, word.End));
    }

    [Fact]
    public void Takes_time_in_proportion_to_the_text()
    {
        foreach (var part in new[] { "a", "l'", "a-", "1.000.", "U.", "a'", "ab'", "000.", "大", "ก", "\u0301", "é", "\u200D", "צ\"", "'", "ﷺ", "و", "𝐀" })
        {
            var watch = Stopwatch.StartNew();
            var tokens = Analyzer.Read(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{part} took {watch.Elapsed}");
            Assert.All(tokens.Words.Take(100), word => Assert.InRange(word.Form.Length, 1, 2 * Folding.MaxLength));
        }
    }

    private static string Words(string text) => string.Join(' ', Analyzer.Read(text).Words.Select(word => word.Form));

    private static string Others(string text) => string.Join(' ', Analyzer.Read(text).Others.Select(word => word.Form));
}
