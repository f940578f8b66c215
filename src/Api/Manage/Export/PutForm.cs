using System.Text.Json;
using System.Text.Json.Nodes;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Articles;
using Galley.Publishing.Rendering;
using Galley.Publishing.Taxonomy;

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

    /// <summary><paramref name="called"/> says what the sender called a tag.</summary>
    public static JsonObject Of(ManagedArticle article, string? slug, JsonObject? section, IReadOnlyList<TagPlace> tags, Func<TagPlace, string?> called)
    {
        var form = JsonSerializer.SerializeToNode(article, ContentJson.Options)!.AsObject();
        foreach (var name in form.Select(member => member.Key).Where(name => !Sendable.Contains(name)).ToList())
            form.Remove(name);

        form.Remove("slug");
        if (slug is not null)
            form["slug"] = slug;
        if (section is not null)
            form["section"] = section;
        form["tags"] = new JsonArray([.. article.Tags.Zip(tags, (tag, place) => TagOf(tag, called(place)))]);
        return form;
    }

    private static JsonObject TagOf(ArticleTag tag, string? called)
    {
        var form = new JsonObject { ["kind"] = tag.Kind, ["slug"] = tag.Slug };
        // A name in another language is no name in this article's. What its sender says is, and names the tag where no article of the other language is left.
        if ((tag.NameLanguage is null ? tag.Name : called) is { } name)
            form["name"] = name;
        if (tag.Relation is not null)
            form["relation"] = tag.Relation;
        return form;
    }
}
