using System.Text;
using System.Text.Json;

namespace Galley.Http;

/// <summary>JSON Merge Patch (RFC 7396) on JSON as it is written: what is no text stays as it was sent, for whoever binds it to refuse it by its pointer.</summary>
internal static class JsonMerge
{
    /// <summary>What comes of <paramref name="target"/>.</summary>
    public static string Apply(JsonElement target, JsonElement patch)
    {
        var merged = new StringBuilder();
        Write(merged, target, patch);
        return merged.ToString();
    }

    /// <summary>A member by its name; undefined where there is none.</summary>
    public static JsonElement Find(JsonElement whole, string name) =>
        whole.ValueKind == JsonValueKind.Object ? whole.EnumerateObject().FirstOrDefault(member => IsNamed(member, name)).Value : default;

    private static void Write(StringBuilder merged, JsonElement target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            merged.Append(patch.GetRawText());
            return;
        }

        var kept = target.ValueKind == JsonValueKind.Object ? target.EnumerateObject().Where(member => Find(patch, member.Name).ValueKind == JsonValueKind.Undefined) : [];
        merged.Append('{');
        foreach (var member in kept)
            Separate(merged).Append(member.ToString());
        foreach (var member in patch.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            Separate(merged).Append(NameOf(member));
            Write(merged, TargetOf(target, member), member.Value);
        }

        merged.Append('}');
    }

    private static StringBuilder Separate(StringBuilder merged) => merged[^1] == '{' ? merged : merged.Append(',');

    // As it is written, with its colon: it may be no text at all.
    private static string NameOf(JsonProperty member) => member.ToString()[..^member.Value.GetRawText().Length];

    private static JsonElement TargetOf(JsonElement target, JsonProperty member) =>
        target.ValueKind != JsonValueKind.Object ? default : target.EnumerateObject().FirstOrDefault(each => IsNamed(member, each.Name)).Value;

    private static bool IsNamed(JsonProperty member, string name)
    {
        try
        {
            return member.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no name of ours.
            return false;
        }
    }
}
