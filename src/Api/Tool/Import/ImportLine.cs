using System.Runtime.InteropServices;
using System.Text.Json;
using Galley.Content;
using Galley.Http;

namespace Galley.Tool.Import;

/// <summary>What one line asks for: an article to put, to unpublish, to delete or to correct, or something of a section or tag.</summary>
internal sealed record ImportLine
{
    private const int MaxBytes = LineReader.MaxLine;

    private static readonly string[] Members = ["op", "source", "externalId", "article", "correction", "reason"];
    private static readonly string[] Operations = ["put", "unpublish", "delete", "correct", .. TaxonomyAsk.Operations];

    public required long Number { get; init; }

    public required string Operation { get; init; }

    public required string Source { get; init; }

    public required string ExternalId { get; init; }

    /// <summary>The article or correction as it stands in the line: the server reads it, and says all that is wrong with it.</summary>
    public byte[] Body { get; init; } = [];

    public string? Reason { get; init; }

    /// <summary>Of a line that is of no article.</summary>
    public TaxonomyAsk? Taxonomy { get; init; }

    /// <summary>Reads a line; null with what is wrong with it, or with nothing where it asks for nothing, as the marks in an export.</summary>
    public static ImportLine? Read(RawLine raw, string? defaultSource, out Problem? problem)
    {
        if (raw.Bytes is not { } bytes)
        {
            problem = Problems.Of("too-large", $"A line has at most {MaxBytes} bytes.");
            return null;
        }

        using var document = StrictJson.Parse(bytes, out problem);
        if (document is null)
        {
            // It is counted within the line.
            problem = problem! with { Line = null };
            return null;
        }

        if (IsMark(document.RootElement))
            return null;

        var errors = new List<InputError>();
        var line = Read(document.RootElement, raw.Number, defaultSource, errors);
        problem = errors.Count == 0 ? null : Problems.InvalidContent(errors);
        return errors.Count == 0 ? line : null;
    }

    // The end of an export, or where it would have gone on.
    private static bool IsMark(JsonElement line) => line.ValueKind == JsonValueKind.Object
        && ((line.TryGetProperty("end", out var end) && end.ValueKind == JsonValueKind.True) || (line.TryGetProperty("cursor", out var cursor) && cursor.ValueKind == JsonValueKind.String));

    private static ImportLine? Read(JsonElement line, long number, string? defaultSource, List<InputError> errors)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            errors.Add(InputError.At(string.Empty, "wrong-type", "A line is an object."));
            return null;
        }

        if (TextOf(line, "op", []) is { } named && TaxonomyAsk.Operations.Contains(named))
            return TaxonomyAsk.Read(line, named, errors) is { } ask ? new ImportLine { Number = number, Operation = named, Source = string.Empty, ExternalId = ask.Name, Taxonomy = ask } : null;

        foreach (var member in line.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            errors.Add(InputError.At($"/{member.Name}", "unknown-member", $"There is no member \"{member.Name}\" here.") with { Suggestion = Suggestion.For(member.Name, Members) });

        var operation = TextOf(line, "op", errors) ?? "put";
        if (!Operations.Contains(operation))
            errors.Add(InputError.At("/op", "invalid-value", $"Expected {string.Join(", ", Operations[..^1])} or {Operations[^1]}.") with { Suggestion = Suggestion.For(operation, Operations) });

        return new ImportLine
        {
            Number = number,
            Operation = operation,
            Source = SourceOf(line, defaultSource, errors),
            ExternalId = ExternalIdOf(line, errors),
            Body = BodyOf(line, operation, errors),
            Reason = TextOf(line, "reason", errors),
        };
    }

    private static string SourceOf(JsonElement line, string? defaultSource, List<InputError> errors)
    {
        var source = TextOf(line, "source", errors) ?? defaultSource;
        if (IsFaulty("/source", errors))
            return string.Empty;
        if (source is null)
            errors.Add(InputError.At("/source", "required", "source is required, here or as --source for all lines."));
        else if (!SourceName.IsValid(source))
            errors.Add(InputError.At("/source", "invalid-value", SourceName.Form));

        return source ?? string.Empty;
    }

    private static string ExternalIdOf(JsonElement line, List<InputError> errors)
    {
        var externalId = TextOf(line, "externalId", errors);
        if (IsFaulty("/externalId", errors))
            return string.Empty;
        if (externalId is null)
            errors.Add(InputError.At("/externalId", "required", "externalId is required."));
        else if (PlainText.FindFault(externalId) is { } text)
            errors.Add(InputError.At("/externalId", "bad-character", $"externalId {text}."));
        else if (SourceName.FindFault(externalId) is { } fault)
            errors.Add(InputError.At("/externalId", "invalid-value", fault));

        return externalId is null || errors.Count > 0 ? string.Empty : PlainText.Normalize(externalId);
    }

    // To put takes an article, to correct a correction, and the rest neither.
    private static byte[] BodyOf(JsonElement line, string operation, List<InputError> errors)
    {
        byte[] body = [];
        foreach (var (name, goesWith) in new[] { ("article", "put"), ("correction", "correct") })
        {
            var isThere = line.TryGetProperty(name, out var value);
            if (operation == goesWith && !isThere)
                errors.Add(InputError.At($"/{name}", "required", $"{name} is required to {operation}."));
            else if (operation != goesWith && isThere)
                errors.Add(InputError.At($"/{name}", "unknown-member", $"To {operation} takes no {name}."));
            else if (isThere)
                body = JsonMarshal.GetRawUtf8Value(value).ToArray();
        }

        return body;
    }

    public static string? TextOf(JsonElement line, string name, List<InputError> errors)
    {
        if (!line.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        try
        {
            if (value.ValueKind == JsonValueKind.String)
                return value.GetString();

            errors.Add(InputError.At($"/{name}", "wrong-type", "Expected a string."));
        }
        catch (InvalidOperationException)
        {
            errors.Add(InputError.At($"/{name}", "bad-character", "It has half a surrogate pair."));
        }

        return null;
    }

    private static bool IsFaulty(string pointer, List<InputError> errors) => errors.Any(error => error.Pointer == pointer);
}
