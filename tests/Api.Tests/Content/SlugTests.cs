using System.Globalization;
using System.Text;
using Galley.Content;

namespace Galley.Tests.Content;

/// <summary>How a slug is made of a headline, in any script.</summary>
public sealed class SlugTests
{
    [Theory]
    [InlineData("Late winner at Anfield", "late-winner-at-anfield")]
    [InlineData("  Two   spaces — and a dash ", "two-spaces-and-a-dash")]
    [InlineData("Syrie : le chef à Damas", "syrie-le-chef-a-damas")]
    [InlineData("L'offensive jihadiste", "l-offensive-jihadiste")]
    [InlineData("L’offensive d’Alep", "l-offensive-d-alep")]
    [InlineData("They don't know what it's about", "they-dont-know-what-its-about")]
    [InlineData("We’ve won, you’re out", "weve-won-youre-out")]
    [InlineData("tęst-acceńted-chäræcters", "test-accented-charaecters")]
    [InlineData("Straße, Œuvre, Łódź, Þór, Ærø", "strasse-oeuvre-lodz-thor-aero")]
    [InlineData("İstanbul'da IŞIK", "istanbul-da-isik")]
    [InlineData("COP31: 3,5 % mehr", "cop31-3-5-mehr")]
    [InlineData("ﬁnance №5", "finance-no5")]
    [InlineData("soft\u00ADhyphen and\u00A0no\u202Fbreak", "softhyphen-and-no-break")]
    public void Latin_letters_lose_their_accents(string headline, string slug) => Assert.Equal(slug, Slug.From(headline));

    [Theory]
    [InlineData("الأمم المتحدة", "الأمم-المتحدة")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("كـتـاب", "كتاب")]
    [InlineData("שָׁלוֹם עולם", "שלום-עולם")]
    [InlineData("Владимир Путин в Йошкар-Оле", "владимир-путин-в-йошкар-оле")]
    [InlineData("Ἀθῆναι", "ἀθῆναι")]
    [InlineData("नमस्ते दुनिया", "नमस्ते-दुनिया")]
    [InlineData("สวัสดีชาวโลก", "สวัสดีชาวโลก")]
    [InlineData("東京オリンピック 2020", "東京オリンピック-2020")]
    [InlineData("대한민국", "대한민국")]
    public void Other_scripts_are_kept(string headline, string slug) => Assert.Equal(slug, Slug.From(headline));

    [Theory]
    [InlineData("a\u200Bb\u200Dc\u2060d\uFEFFe", "abcde")]
    [InlineData("abc\u202Egnp.exe", "abcgnp-exe")]
    [InlineData("\u200Fالأمم\u200E", "الأمم")]
    [InlineData("can\u034Fnot ba\u115Fd ba\uFFA0d", "cannot-bad-bad")]
    [InlineData("葛\U000E0100", "葛")]
    [InlineData("ශ්\u200Dරී ලංකා", "ශ්රී-ලංකා")]
    public void What_nobody_sees_is_left_out(string headline, string slug) => Assert.Equal(slug, Slug.From(headline));

    [Theory]
    [InlineData("می\u200Cروم", "می-روم")]
    [InlineData("ಎನ್\u200Cಎಚ್\u200Cಎಸ್", "ಎನ್ಎಚ್ಎಸ್")]
    public void A_non_joiner_parts_words_of_arabic_script_only(string headline, string slug) => Assert.Equal(slug, Slug.From(headline));

    [Theory]
    [InlineData("น้ำท่วม", "น้ำท่วม")]
    [InlineData("ນ້ຳ", "ນ້ຳ")]
    [InlineData("Ｆｕｌｌ　ｗｉｄｔｈ", "full-width")]
    public void A_slug_is_spelt_as_people_type_it(string headline, string slug) => Assert.Equal(slug, Slug.From(headline));

    [Theory]
    [InlineData("🎉🎉", "1f389-1f389")]
    [InlineData("!?", "21-3f")]
    [InlineData("", "0")]
    public void A_headline_without_letters_still_gets_one(string headline, string slug) => Assert.Equal(slug, Slug.From(headline));

    [Fact]
    public void A_long_headline_is_cut_between_words()
    {
        var slug = Slug.From(string.Concat(Enumerable.Repeat("headline ", 40)));

        Assert.InRange(slug.Length, 100, 120);
        Assert.EndsWith("headline", slug, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_word_is_cut_without_breaking_a_letter()
    {
        var slug = Slug.From(string.Concat(Enumerable.Repeat("𐐨", 200)));

        Assert.InRange(slug.Length, 100, 120);
        Assert.True(Slug.IsValid(slug));
    }

    [Fact]
    public void Whatever_is_made_has_the_form_of_a_slug()
    {
        var wrong = Enumerable.Range(0x20, 0x2FFFF)
            .Where(Rune.IsValid)
            .Select(value => new Rune(value))
            .Where(rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse))
            .Where(rune => rune.Value is < 0x4E00 or > 0x9FFF and < 0xAC00 or > 0xD7FF and < 0x20000)
            .Where(rune => new[] { rune.ToString(), $"a{rune}b", $"ا{rune}" }.Any(text => !Slug.IsValid(Slug.From(text))))
            .Select(rune => $"U+{rune.Value:X4}")
            .ToList();

        Assert.Equal([], wrong);
    }

    [Fact]
    public void A_slug_of_ascii_letters_is_made_of_itself()
    {
        foreach (var slug in new[] { "a", "late-winner", "cop31", "2024-12-01" })
            Assert.Equal(slug, Slug.From(slug));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("moyen-orient")]
    [InlineData("café")]
    [InlineData("الأمم-المتحدة")]
    [InlineData("東京")]
    [InlineData("2024")]
    public void Lower_case_letters_and_digits_of_any_script_are_a_slug(string text) => Assert.True(Slug.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a--b")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    [InlineData("a:b")]
    [InlineData("a,b")]
    [InlineData("a\n")]
    [InlineData("cafe\u0301")]
    [InlineData("É")]
    [InlineData("🎉")]
    [InlineData("a\u200Db")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u034Fb")]
    [InlineData("a\u115Fb")]
    [InlineData("a\u3164b")]
    public void Anything_else_is_none(string text) => Assert.False(Slug.IsValid(text));

    [Fact]
    public void A_slug_has_at_most_200_code_units()
    {
        Assert.True(Slug.IsValid(new string('a', 200)));
        Assert.False(Slug.IsValid(new string('a', 201)));
    }

    [Fact]
    public void Two_long_texts_without_a_letter_have_two_slugs()
    {
        var (first, second) = ("🎉🎉🎉🎉🎉🎉🎉🎉🎈", "🎉🎉🎉🎉🎉🎉🎉🎉🎁");

        Assert.NotEqual(Slug.From(first, Slug.MaxLength), Slug.From(second, Slug.MaxLength));
        Assert.Equal("1f389-1f388", Slug.From("🎉🎈", Slug.MaxLength));
        Assert.All([first, second], text => Assert.True(Slug.IsValid(Slug.From(text, Slug.MaxLength))));
    }
}
