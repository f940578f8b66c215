using Galley.Content;

namespace Galley.Tests.Content;

/// <summary>BCP 47 language tags and the direction of their script.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("FR", "fr")]
    [InlineData("pt-br", "pt-BR")]
    [InlineData("ZH-HANS", "zh-Hans")]
    [InlineData("zh-hans-cn", "zh-Hans-CN")]
    [InlineData("es-419", "es-419")]
    [InlineData("de-1996", "de-1996")]
    [InlineData("en-US-x-PR-Desk", "en-US-x-pr-desk")]
    [InlineData("ar-u-nu-LATN", "ar-u-nu-latn")]
    public void A_tag_gets_its_usual_spelling(string sent, string tag)
    {
        Assert.True(Language.TryParse(sent, out var language));
        Assert.Equal(tag, language.Tag);
    }

    [Theory]
    [InlineData("")]
    [InlineData("f")]
    [InlineData("fr_FR")]
    [InlineData("fr-")]
    [InlineData("-fr")]
    [InlineData("fr--FR")]
    [InlineData("français")]
    [InlineData("french-languages")]
    [InlineData("*")]
    [InlineData("fr ")]
    [InlineData("fr\n")]
    [InlineData("aa-bbbbbbbb-cccccccc-dddddddd-eeeeeeee")]
    public void Anything_else_is_refused(string sent) => Assert.False(Language.TryParse(sent, out _));

    [Theory]
    [InlineData("ar")]
    [InlineData("he")]
    [InlineData("fa-IR")]
    [InlineData("ur")]
    [InlineData("yi")]
    [InlineData("ckb")]
    [InlineData("az-Arab")]
    [InlineData("ku-Arab-IQ")]
    [InlineData("ps")]
    [InlineData("sd")]
    [InlineData("ug")]
    [InlineData("dv")]
    [InlineData("pa-Arab")]
    [InlineData("pa-PK")]
    [InlineData("ku-IQ")]
    [InlineData("az-IR")]
    [InlineData("uz-AF")]
    [InlineData("fa-AF")]
    [InlineData("ary")]
    [InlineData("apc")]
    [InlineData("ara")]
    [InlineData("heb")]
    [InlineData("per")]
    [InlineData("urd-PK")]
    [InlineData("syr")]
    [InlineData("ff-Adlm")]
    [InlineData("en-Hebr")]
    [InlineData("ar-x-latn")]
    public void Arabic_and_hebrew_scripts_run_from_right_to_left(string tag) => Assert.Equal("rtl", Language.Parse(tag).Direction);

    [Theory]
    [InlineData("fr")]
    [InlineData("en-US")]
    [InlineData("tr")]
    [InlineData("ar-Latn")]
    [InlineData("az-Latn")]
    [InlineData("zh-Hans")]
    [InlineData("en-x-arab")]
    [InlineData("az")]
    [InlineData("ku")]
    [InlineData("pa")]
    [InlineData("pa-IN")]
    [InlineData("uz")]
    [InlineData("ur-Latn")]
    [InlineData("fa-Latn-IR")]
    [InlineData("yi-Latn")]
    [InlineData("sd-IN")]
    [InlineData("sd-Deva")]
    [InlineData("ug-KZ")]
    [InlineData("am")]
    [InlineData("und")]
    [InlineData("xx")]
    [InlineData("mn-Mong")]
    public void All_others_run_from_left_to_right(string tag) => Assert.Equal("ltr", Language.Parse(tag).Direction);

    [Theory]
    [InlineData("fr", true)]
    [InlineData("pt-BR", true)]
    [InlineData("ckb", true)]
    [InlineData("und", true)]
    [InlineData("jp", false)]
    [InlineData("cz-CZ", false)]
    [InlineData("xx", false)]
    public void A_code_of_two_letters_that_nobody_gave_is_unknown(string tag, bool isKnown) => Assert.Equal(isKnown, Language.Parse(tag).IsKnown);

    [Fact]
    public void Every_language_of_the_headlines_is_one() => Assert.All(SlugTitlesTests.Sample, each => Assert.True(Language.TryParse(each.Language, out var language) && language.IsKnown, each.Language));
}
