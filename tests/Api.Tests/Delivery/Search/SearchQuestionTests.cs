using Galley.Content.Search;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Search;

/// <summary>No question breaks search or makes it slow.</summary>
public sealed class SearchQuestionTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly string[] Pieces =
    [
        "\"", "“", "”", "«", "»", "-", "--", "(", ")", "*", "^", "+", ":", "{", "}", "headline:", "body : ", "AND", "OR", "NOT", "NEAR(a b)", "NEAR", "a", "b*", "'", "''", ";", "\\", "%", "_", "#", "@", "=0", "=", "-\"", " ", "\t", "\n",
        "\u00AD", "\u200D", "\uFEFF", "é", "ß", "ﷺ", "الله", "צה\"ל", "\"צה\"ל\"", "大马", "ก", "𝐀", "👩‍👩‍👧", "\u0301", "İ", "1.000", "U.S.", "l'", "l’", "0", "null", "select", "ﾊﾟ", "\u0E33",
    ];

    [Fact]
    public async Task Whatever_is_asked_is_answered_or_refused()
    {
        await newsroom.Admin.PushedAsync(Given.Article().Headed("a AND b OR NOT near # @ =0 大马 U.S. 1.000 الله"));
        var random = new Random(7);
        for (var i = 0; i < 1_500; i++)
        {
            var q = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Pieces[random.Next(Pieces.Length)] + (random.Next(3) == 0 ? " " : "")));
            var status = await newsroom.Reader.GetAsync($"/v1/articles?highlight=true&q={Uri.EscapeDataString(q)}&sort={(i % 2 == 0 ? "relevance" : "oldest")}").StatusAsync();

            Assert.True(status is 200 or 400, $"{q} answers {status}");
            Assert.Equal(status, q.Length > SearchQuestion.MaxLength || SearchQuestion.Parse(q.Normalize(), out _) is null ? 400 : 200);
        }
    }

    [Theory]
    [InlineData("a -b \"c d\" -\"e f\" -«g»", "a|c d", "b|e f|g")]
    [InlineData("\"a b", "a|b", "")]
    [InlineData("a\"b c\"d", "a|b c|d", "")]
    [InlineData("“a b” „c d“ \"e\"", "a b|c d|e", "")]
    [InlineData("« a \"b\" c »", "a b c", "")]
    [InlineData("צה\"ל", "צהל", "")]
    [InlineData("\"צה\"ל חזק\"", "צהל חזק", "")]
    [InlineData("a - b --c e-mail", "a|b|e mail", "c")]
    [InlineData("12月31日", "12|月|31|日", "")]
    [InlineData("大马士革", "大马 马士 士革", "")]
    public void Words_and_phrases_are_told_apart(string text, string wanted, string unwanted)
    {
        var question = SearchQuestion.Parse(text, out var fault)!;

        Assert.Null(fault);
        Assert.Equal(wanted, string.Join('|', question.Wanted.Select(term => string.Join(' ', term.Words))));
        Assert.Equal(unwanted, string.Join('|', question.Unwanted.Select(term => string.Join(' ', term.Words))));
    }
}
