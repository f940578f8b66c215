using System.Text.Json;
using System.Text.Json.Nodes;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Articles;
using Galley.Publishing.Rendering;

namespace Galley.Manage.Export;

/// <summary>An article as management answers it, made into what a push of it elsewhere would send: nothing that the server owns, and nothing that means something on this server only.</summary>
internal static class PutForm
{
    private static readonly HashSet<string> Sendable =
    [
        .. typeof(ArticleInput).GetProperties()
            .Where(member => !member.IsDefined(typeof(ServerOwnedAttribute), inherit: true))
            .Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)),
    ];

    public static JsonObject Of(ManagedArticle article, string status, string? slug, IReadOnlyList<RelatedUse> related)
    {
        var form = JsonSerializer.SerializeToNode(article with { Status = status, Related = related.Count == 0 ? null : related }, ContentJson.Options)!.AsObject();
        foreach (var name in form.Select(member => member.Key).Where(name => !Sendable.Contains(name)).ToList())
            form.Remove(name);

        form.Remove("slug");
        if (slug is not null)
            form["slug"] = slug;
        if (article.Section is { } section)
            form["section"] = SectionOf(section);
        form["tags"] = new JsonArray([.. article.Tags.Select(TagOf)]);
        return form;
    }

    // By its names, so that they are not lost where the section does not exist yet; by its path where the names do not lead to it.
    private static JsonObject SectionOf(ArticleSection section)
    {
        var levels = (section.Ancestors ?? []).Select(above => (above.Name, above.NameLanguage)).Append((section.Name, section.NameLanguage)).ToList();
        var isNamed = levels.All(level => level.NameLanguage is null) && string.Join('/', levels.Select(level => Slug.From(level.Name))) == section.Path;
        return isNamed
            ? new JsonObject { ["breadcrumb"] = new JsonArray([.. levels.Select(level => JsonValue.Create(level.Name))]) }
            : new JsonObject { ["path"] = section.Path };
    }

    private static JsonObject TagOf(ArticleTag tag)
    {
        var form = new JsonObject { ["kind"] = tag.Kind, ["slug"] = tag.Slug };
        // A name in another language is no name in this article's.
        if (tag.NameLanguage is null)
            form["name"] = tag.Name;
        if (tag.Relation is not null)
            form["relation"] = tag.Relation;
        return form;
    }
}
