using System.Text.Json;
using Galley.Content;
using Galley.Publishing.Rendering;

namespace Galley.Manage.Revisions;

/// <summary>Finds the members of an article that differ between two revisions.</summary>
internal static class FieldDiff
{
    public static IReadOnlyList<FieldChange> Between(RevisionContent from, RevisionContent to)
    {
        var (before, after) = (MembersOf(from), MembersOf(to));
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal)
                .Select(name => new FieldChange { Name = name, From = Find(before, name), To = Find(after, name) })
                .Where(change => !AreEqual(change.From, change.To)),
        ];
    }

    // Without the body, whose differences are told by block.
    private static Dictionary<string, JsonElement> MembersOf(RevisionContent content) =>
        JsonSerializer.SerializeToElement(content with { Body = new ArticleBody() }, ContentJson.Options).EnumerateObject().Where(member => member.Name != "body")
            .ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    private static JsonElement? Find(Dictionary<string, JsonElement> members, string name) => members.TryGetValue(name, out var value) ? value : null;

    private static bool AreEqual(JsonElement? from, JsonElement? to) => from is { } before && to is { } after && JsonElement.DeepEquals(before, after);
}
