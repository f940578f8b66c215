using System.Text.Json;
using Galley.Content;
using Galley.Http;

namespace Galley.Manage;

/// <summary>Members that only the server decides: sent back unchanged they are welcome, changed they are refused.</summary>
internal static class ServerOwned
{
    // They tell of one write and are not compared.
    private static readonly HashSet<string> Ignored = new(["outcome", "warnings"], StringComparer.Ordinal);

    public static IEnumerable<InputError> Check<T>(IReadOnlyDictionary<string, JsonElement> sent, T? present)
        where T : class
    {
        if (sent.Count == 0)
            return [];

        var known = JsonSerializer.SerializeToElement(present, ContentJson.Options);
        // null means absent, as for every optional member: generated clients send it for all that they do not set.
        return sent.Where(pair => pair.Value.ValueKind != JsonValueKind.Null && !Ignored.Contains(pair.Key) && !IsOwn(pair.Value, known, pair.Key))
            .Select(pair => InputError.At($"/{pair.Key}", "read-only", $"{pair.Key} is the server's; leave it out, or send it back as it is."));
    }

    private static bool IsOwn(JsonElement sent, JsonElement known, string name)
    {
        if (known.ValueKind != JsonValueKind.Object || !known.TryGetProperty(name, out var present))
            return false;

        try
        {
            return IsSame(sent, present, name);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text, and so no text of ours.
            return false;
        }
    }

    /// <summary>What is wrong with a body, all at once: it cannot be read, breaks a rule, changes what is the server's, or what only the database knows.</summary>
    public static Problem? ProblemOf<TInput, TPresent>(Input<TInput> input, TPresent? present, params IEnumerable<InputError> further)
        where TInput : class
        where TPresent : class
    {
        if (input.Unreadable is not null)
            return input.Unreadable;

        var errors = input.Errors.Concat(Check(input.ServerOwned, present)).Concat(further).OrderBy(error => error.Pointer, StringComparer.Ordinal).ToList();
        return errors.Count == 0 ? null : Problems.InvalidContent(errors);
    }

    private static bool IsSame(JsonElement sent, JsonElement present, string name) =>
        JsonElement.DeepEquals(sent, present) || IsSameInstant(sent, present, name) || AreSame(sent, present, name);

    // Lists and objects, for the instants in them.
    private static bool AreSame(JsonElement sent, JsonElement present, string name) => (sent.ValueKind, present.ValueKind) switch
    {
        (JsonValueKind.Array, JsonValueKind.Array) => sent.GetArrayLength() == present.GetArrayLength()
            && sent.EnumerateArray().Zip(present.EnumerateArray()).All(pair => IsSame(pair.First, pair.Second, name)),
        (JsonValueKind.Object, JsonValueKind.Object) => sent.EnumerateObject().Count() == present.EnumerateObject().Count()
            && sent.EnumerateObject().All(member => present.TryGetProperty(member.Name, out var own) && IsSame(member.Value, own, member.Name)),
        _ => false,
    };

    // A client that reads instants as such writes them in its own way, with a fraction or another offset.
    private static bool IsSameInstant(JsonElement sent, JsonElement present, string name) =>
        (name == "at" || name.EndsWith("At", StringComparison.Ordinal))
        && (sent.ValueKind, present.ValueKind) == (JsonValueKind.String, JsonValueKind.String)
        && Instant.TryParse(present.GetString()!, out var known)
        && Instant.TryParse(sent.GetString()!, out var instant)
        && instant == known;
}
