using System.Text.Json;

namespace Galley.Tool.Import;

/// <summary>Reads the items of JSON Feed 1.1; in a feed of Galley's own, what the format has no place for too.</summary>
internal static class JsonFeedItems
{
    public static FileItem LineOf(JsonElement item, string? language)
    {
        var own = Ninjs.Get(item, "_galley");
        var authors = Ninjs.Array(item, "authors").Select(author => Ninjs.Text(author, "name")).OfType<string>();
        var (html, text) = (Ninjs.Text(item, "content_html"), Ninjs.Text(item, "content_text"));
        var section = own is { } article && Ninjs.Get(article, "section") is { } place ? Ninjs.Text(place, "path")?.Split('/') : null;
        var tags = own is { } galley
            ? Ninjs.Array(galley, "tags").Select(tag => (Ninjs.Text(tag, "kind") ?? "keyword", Ninjs.Text(tag, "name") ?? string.Empty))
            : Ninjs.Array(item, "tags").Where(tag => tag.ValueKind == JsonValueKind.String).Select(tag => ("keyword", tag.GetString()!));
        var mending = new Mending().Language(Ninjs.Text(item, "language") ?? language).Headline(Ninjs.Text(item, "title")).Standfirst(Ninjs.Text(item, "summary")).Body(html is null ? "text" : "html", html ?? text)
            .Plain("byline", string.Join(", ", authors)).Plain("kicker", own is { } from ? Ninjs.Text(from, "kicker") : null, 200)
            .Address("canonicalUrl", Ninjs.Text(item, "url")).Image(Ninjs.Text(item, "image"))
            .Section(section).Tags(tags).Status(isPublished: true, Ninjs.Text(item, "date_published"));
        return FileItem.Of(Ninjs.Text(item, "id"), mending);
    }
}
