using Galley.Content;
using Galley.Http;

namespace Galley.Manage.Articles;

/// <summary>What an editor should look at. None of it keeps a story from being stored.</summary>
internal static class EditorialWarnings
{
    private const int LongHeadline = 110;

    public static IEnumerable<InputWarning> Of(ArticleContent content)
    {
        if (content.Headline?.Length > LongHeadline)
            yield return Warn("/headline", "long-headline", $"The headline has more than {LongHeadline} characters; search engines and apps cut it.");

        if (content.Standfirst is { } standfirst && content.Blocks is [{ Text: { } first }, ..] && first == standfirst)
            yield return Warn("/standfirst", "repeated-standfirst", "The standfirst equals the first paragraph.");

        if (content.LeadImage is { Alt: null })
            yield return Warn("/leadImage", "image-without-alt", "The picture has no alt text: those who do not see it get nothing.");

        if (content.LeadImage is { Credit: null })
            yield return Warn("/leadImage", "image-without-credit", "The picture has no credit.");
    }

    public static InputWarning Warn(string pointer, string code, string detail) => new() { Pointer = pointer, Code = code, Detail = detail };
}
