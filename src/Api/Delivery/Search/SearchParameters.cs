using Galley.Content.Search;
using Galley.Http;

namespace Galley.Delivery.Search;

/// <summary>What a list is searched for.</summary>
internal static class SearchParameters
{
    public static readonly QueryParameter Question = new(
        "q",
        "Full text, in any language. All words must be there, in the headline, the standfirst or the text: its blocks with their captions, lists and tables, the kicker, byline and dateline, and corrections; not names of sections and tags. "
        + "`\"a phrase\"`, also in « » or “ ”, is its words side by side; `-word` and `-\"a phrase\"` leave out. Case, accents, elided words (`l’Iran` is found by `iran`), vowel signs and variants of letters in Arabic and Hebrew do not matter. "
        + "`Saint-Denis` is found by `saint-denis`, `saint denis` and `saintdenis`, `1.000` by `1000`; prefixes of Arabic and Hebrew words such as `ال` and `ה` may be left out; Chinese, Japanese, Korean, Thai and their neighbours are found by any part of a word. "
        + $"Words are not shortened: `winner` does not find `winners`. At most {SearchQuestion.MaxLength} UTF-16 code units and {SearchQuestion.MaxTerms} words and phrases. A quotation mark without another is passed over. Without a word to look for: 400.")
    {
        MaxLength = SearchQuestion.MaxLength,
    };

    public static readonly QueryParameter Highlight = new(
        "highlight",
        "With `q`: `true` adds `highlights` to each article, the places in its `headline` and `standfirst` where words and phrases of `q` stand, as far as `fields` has those.")
    {
        Type = "boolean",
    };

    public static SearchQuestion? Read(QueryReader reader, out bool isHighlighted)
    {
        isHighlighted = reader.Boolean(Highlight) == true;
        if (reader.Text(Question) is not { } text)
        {
            if (isHighlighted)
                reader.Fail(Highlight, "needs q");
            return null;
        }

        var fault = $"has more than {SearchQuestion.MaxLength} UTF-16 code units";
        var question = text.Length > SearchQuestion.MaxLength ? null : SearchQuestion.Parse(text, out fault);
        if (question is null)
            reader.Fail(Question, fault!);

        return question;
    }
}
