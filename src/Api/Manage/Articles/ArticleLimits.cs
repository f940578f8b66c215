using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>Whether articles are among those that a key is for: as they are, and as a write would make them.</summary>
internal static class ArticleLimits
{
    /// <summary>Whether the newest revision is within the limits, and so is all that readers see of the article or will: any other article is not there for this key.</summary>
    public static async ValueTask<bool> HoldAsync(this ContentLimits limits, Session session, ArticleRow row, Instant now)
    {
        if (limits.AreNone)
            return true;
        if (!limits.HoldSource(await session.FindSourceSlugAsync(row.SourceId)))
            return false;

        var newest = await session.LoadContentAsync(row.Id, row.WorkingRevision);
        if (!limits.HoldLanguage(newest.Language) || !await limits.HoldSectionAsync(session, newest.Section?.Id ?? 0))
            return false;

        foreach (var edition in (await session.ListEditionsAsync(row.Id)).Where(edition => edition.UntilAt > now.Milliseconds))
        {
            if (!limits.HoldLanguage(edition.Language) || !await limits.HoldSectionAsync(session, edition.SectionId))
                return false;
        }

        return true;
    }

    /// <summary>Whether a section, 0 for none, is one of those the key is for or stands below one.</summary>
    public static async ValueTask<bool> HoldSectionAsync(this ContentLimits limits, Session session, long sectionId) =>
        limits.SectionIds is null || limits.HoldSection([.. (await session.ListUpwardsAsync(sectionId)).Select(section => section.Id)]);

    /// <summary>What of an article to be written the key is not for. An article without section is outside where sections are limited: it would stand beside all of them.</summary>
    public static async ValueTask<IReadOnlyList<InputError>> FindFaultsAsync(this ContentLimits limits, Session session, string? source, string? language, long? sectionId)
    {
        var errors = new List<InputError>();
        if (!limits.HoldSource(source))
            errors.Add(Fault("/source", source is null ? "The key is limited to sources; the article has none." : $"The key is not for the source {source}."));
        if (language is not null && !limits.HoldLanguage(language))
            errors.Add(Fault("/language", $"The key is not for {language}."));
        if (sectionId is { } id && !await limits.HoldSectionAsync(session, id))
            errors.Add(Fault("/section", "The key is limited to sections; the article must stand in one of them or below."));

        return errors;
    }

    private static InputError Fault(string pointer, string detail) => InputError.At(pointer, "outside-constraint", detail);
}
