using System.Runtime.InteropServices;
using System.Text.Json;
using Galley.Content;
using Galley.Http;

namespace Galley.Tool.Import;

/// <summary>What a line asks for that is of a section or tag: to put one, or to merge a tag into another. Such lines are sent one by one, for each may need what stands before it.</summary>
internal sealed record TaxonomyAsk(HttpMethod Method, string Address, byte[] Body)
{
    private const string PutSection = "put-section";
    private const string PutTag = "put-tag";
    private const string MergeTag = "merge-tag";

    public static readonly string[] Operations = [PutSection, PutTag, MergeTag];

    /// <summary>By what it is called where it is refused.</summary>
    public required string Name { get; init; }

    /// <summary>Of a merge: makes the tag that goes, where it is not there.</summary>
    public TaxonomyAsk? Before { get; init; }

    public static TaxonomyAsk? Read(JsonElement line, string operation, List<InputError> errors)
    {
        var names = MembersOf(operation);
        foreach (var member in line.EnumerateObject().Where(member => member.Name != "op" && !names.Contains(member.Name)))
            errors.Add(InputError.At($"/{member.Name}", "unknown-member", $"There is no member \"{member.Name}\" here.") with { Suggestion = Suggestion.For(member.Name, names) });
        foreach (var name in names.Where(name => !line.TryGetProperty(name, out _)))
            errors.Add(InputError.At($"/{name}", "required", $"{name} is required to {operation}."));

        var texts = names[..^1].Select(name => ImportLine.TextOf(line, name, errors) ?? string.Empty).ToList();
        if (errors.Count > 0)
            return null;

        var body = JsonMarshal.GetRawUtf8Value(line.GetProperty(names[^1])).ToArray();
        return operation switch
        {
            PutSection => SectionOf(texts[0], body, errors),
            PutTag => TagOf($"{texts[0]}:{texts[1]}", "/slug", body, errors),
            _ => MergeOf(texts[0], texts[1], body, errors),
        };
    }

    // The last one is what is sent.
    private static string[] MembersOf(string operation) => operation switch
    {
        PutSection => ["path", "section"],
        PutTag => ["kind", "slug", "tag"],
        _ => ["from", "into", "tag"],
    };

    private static TaxonomyAsk? SectionOf(string path, byte[] body, List<InputError> errors)
    {
        if (SectionPath.TryParse(path, out var section))
            return new TaxonomyAsk(HttpMethod.Put, $"v1/manage/sections/{RawTarget.EncodePath(section.Value)}", body) { Name = path };

        errors.Add(InputError.At("/path", "invalid-value", SectionPath.Form));
        return null;
    }

    private static TaxonomyAsk? TagOf(string tag, string pointer, byte[] body, List<InputError> errors)
    {
        if (TagKey.TryParse(tag, out var key))
            return new TaxonomyAsk(HttpMethod.Put, $"v1/manage/tags/{key.Kind}/{Uri.EscapeDataString(key.Slug)}", body) { Name = tag };

        errors.Add(InputError.At(pointer, "invalid-value", "Expected kind and slug, such as place:syrie."));
        return null;
    }

    private static TaxonomyAsk? MergeOf(string from, string into, byte[] body, List<InputError> errors) => TagOf(from, "/from", body, errors) is not { } going
        ? null
        : new TaxonomyAsk(HttpMethod.Post, "v1/manage/tag-merges", ContentJson.Write(new { from, into })) { Name = from, Before = going };
}
