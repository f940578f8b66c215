using System.Globalization;
using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>What an editor should look at. None of it keeps a story from being stored.</summary>
internal static class EditorialWarnings
{
    private const int LongHeadline = 110;

    public static IEnumerable<InputWarning> Of(Submission submission, ArticleContent content)
    {
        foreach (var dropped in submission.Dropped)
            yield return Warn(dropped.Pointer, "dropped-element", dropped.Detail);

        if (content.Headline?.Length > LongHeadline)
            yield return Warn("/headline", "long-headline", $"The headline has more than {LongHeadline} characters; search engines and apps cut it.");

        if (content.Standfirst is { } standfirst && content.Blocks is [{ Text: { } first }, ..] && first == standfirst)
            yield return Warn("/standfirst", "repeated-standfirst", "The standfirst equals the first paragraph.");

        foreach (var warning in OfLanguage(submission))
            yield return warning;

        // Pictures in markup have one pointer together, and so one warning of each kind.
        var images = ImagesOf(content).Select(each => each with { Pointer = MarkupOf(submission, each.Pointer) ?? each.Pointer });
        foreach (var warning in images.SelectMany(each => OfImage(each.Image, each.Pointer)).Distinct())
            yield return warning;
    }

    /// <summary>Whether readers see another article of the language under the canonical URL that this one has been published with, sent or made.</summary>
    public static async ValueTask<IEnumerable<InputWarning>> OfCanonicalUrlAsync(WriteSession write, ArticleRow row, ArticleContent content, SiteOptions site)
    {
        var url = content.CanonicalUrl ?? (site.ArticleUrl is null ? null : await write.FindMadeAsync(site.ArticleUrl, row));
        if (url is null || await FindHolderAsync(write, row, content, url, site) is not { } other)
            return [];

        return [Warn("/canonicalUrl", "canonical-url-shared", $"The article {other} has it too; by-url finds the newer one of the two.")];
    }

    // Of two that are made none equals the other: slugs and ids are unique.
    private static async ValueTask<string?> FindHolderAsync(WriteSession write, ArticleRow row, ArticleContent content, string url, SiteOptions site) =>
        await write.FindHolderAsync(content.Language, url, row.Id)
        ?? (site.ArticleUrl is null || content.CanonicalUrl is null ? null
            : (await write.ListMadeAsync(site.ArticleUrl, url, write.Now, content.Language)).FirstOrDefault(made => made.ArticleId != row.Id)?.PublicId);

    // A name is filed under its language, and nobody would ask for one that does not exist.
    private static IEnumerable<InputWarning> OfLanguage(Submission submission)
    {
        if (Language.Parse(submission.Language).IsKnown)
            yield break;

        foreach (var wish in submission.Tags.Concat(submission.Contributors).Where(wish => wish.Slug is null))
            yield return Warn($"{wish.Pointer}/name", "unknown-language", $"The article's language is {submission.Language}, and there is no such language: the name would be filed under it.");
    }

    private static IEnumerable<InputWarning> OfImage(Image image, string pointer)
    {
        if (image.Alt is null)
            yield return Warn(pointer, "image-without-alt", "The picture has no alt text: those who do not see it get nothing.");
        if (image.Credit is null)
            yield return Warn(pointer, "image-without-credit", "The picture has no credit.");
    }

    private static string? MarkupOf(Submission submission, string pointer) =>
        pointer == "/leadImage" ? null : submission.Input.Body switch
        {
            { Html: not null } => "/body/html",
            { Markdown: not null } => "/body/markdown",
            _ => null,
        };

    private static IEnumerable<(Image Image, string Pointer)> ImagesOf(ArticleContent content)
    {
        if (content.LeadImage is { } lead)
            yield return (lead, "/leadImage");

        for (var i = 0; i < content.Blocks.Count; i++)
        {
            if (content.Blocks[i].Image is { } image)
                yield return (image, string.Create(CultureInfo.InvariantCulture, $"/body/blocks/{i}/image"));
            for (var j = 0; j < (content.Blocks[i].Images?.Count ?? 0); j++)
                yield return (content.Blocks[i].Images![j], string.Create(CultureInfo.InvariantCulture, $"/body/blocks/{i}/images/{j}"));
        }
    }

    public static InputWarning Warn(string pointer, string code, string detail) => new() { Pointer = pointer, Code = code, Detail = detail };
}
