using System.Globalization;
using System.Text.Json;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Revisions;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>Finds the article that a request means, and what has become of it since its sender read it.</summary>
internal static class TargetRows
{
    public static async ValueTask<ArticleRow?> FindArticleAsync(this Session session, ArticleTarget target) =>
        target.Id is { } id ? await session.FindArticleAsync(id)
        : target.Source is { } source ? await session.FindArticleAsync(source, target.ExternalId!)
        : null;

    /// <summary>The members that differ between the revision that was expected and the newest; null where no revision was, or none that this key may see.</summary>
    public static async ValueTask<IReadOnlyList<string>?> ListChangedAsync(this Session session, ArticleRow row, Preconditions preconditions, ContentLimits limits)
    {
        if (RevisionOf(row, preconditions.Expected) is not { } revision || await session.FindRevisionAsync(row, revision, limits) is not { } expected)
            return null;

        var (before, after) = (MembersOf(expected), MembersOf(await session.LoadContentAsync(row.Id, row.WorkingRevision)));
        return [.. before.Keys.Union(after.Keys, StringComparer.Ordinal).Where(name => !IsSame(before, after, name)).Order(StringComparer.Ordinal)];
    }

    // A tag is made of the article's id and the revision's number; of several the newest counts.
    private static long? RevisionOf(ArticleRow row, IEnumerable<string> tags)
    {
        var begin = $"\"{row.PublicId[..8]}-";
        return tags.Where(tag => tag.StartsWith(begin, StringComparison.Ordinal))
            .Select(tag => long.TryParse(tag.AsSpan(begin.Length).TrimEnd('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null)
            .Max();
    }

    // By the names under which they are sent.
    private static Dictionary<string, JsonElement> MembersOf(ArticleContent content) =>
        JsonSerializer.SerializeToElement(content.WithoutSuggestions(), ContentJson.Options).EnumerateObject()
            .ToDictionary(member => member.Name == "blocks" ? "body" : member.Name, member => member.Value, StringComparer.Ordinal);

    private static bool IsSame(Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after, string name) =>
        before.TryGetValue(name, out var one) && after.TryGetValue(name, out var other) && JsonElement.DeepEquals(one, other);
}
