using System.Text.Json.Nodes;
using Galley.Content;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Export;

/// <summary>How an article names its section: by names, so that they are not lost where it does not exist yet; by its path where the names do not lead to it.</summary>
internal static class SectionForm
{
    public static async ValueTask<JsonObject?> SectionFormOfAsync(this Session session, ArticleContent content, Places places, Instant now)
    {
        if (places.Section is not { } section)
            return null;

        var names = NamesOf(content, places);
        var areSlugs = places.Sections.Any(level => level.NameLanguage is not null) && string.Join('/', names) == section.Path;
        return !areSlugs && await LeadToItAsync(session, names, content.Language, places, now)
            ? new JsonObject { ["breadcrumb"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) }
            : new JsonObject { ["path"] = section.Path };
    }

    // A name in another language is none in this article's: that is what its sender says, or the slug. Counted from within, as the sender's names are.
    private static IReadOnlyList<string> NamesOf(ArticleContent content, Places places)
    {
        var sent = content.Section!.Names.Reverse().ToList();
        return [.. places.Sections.Select((level, i) => NameOf(level, sent.ElementAtOrDefault(places.Sections.Count - 1 - i)))];
    }

    private static string NameOf(SectionPlace level, string? sent) =>
        level.NameLanguage is null ? level.Name
        : sent is not null && Slug.From(sent) == SlugOf(level) ? sent
        : SlugOf(level);

    private static async ValueTask<bool> LeadToItAsync(Session session, IReadOnlyList<string> names, string language, Places places, Instant now)
    {
        var parent = 0L;
        foreach (var (level, name) in places.Sections.Zip(names))
        {
            // Another section may have that name in the article's language.
            if (Slug.From(name) != SlugOf(level) || (level.NameLanguage is not null && await session.FindSectionByNameAsync(parent, name, SlugOf(level), language, now) is { } other && other.Id != level.Id))
                return false;

            parent = level.Id;
        }

        return true;
    }

    private static string SlugOf(SectionPlace level) => level.Path[(level.Path.LastIndexOf('/') + 1)..];
}
