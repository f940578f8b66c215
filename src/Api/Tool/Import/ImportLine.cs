using System.Runtime.InteropServices;
using System.Text.Json;
using Galley.Content;
using Galley.Http;

namespace Galley.Tool.Import;

/// <summary>What one line asks for: an article to put, or one to unpublish or delete.</summary>
internal sealed record ImportLine
{
    private const int MaxBytes = LineReader.MaxLine;

    private static readonly string[] Members = ["op", "source", "externalId", "article", "reason"];
    private static readonly string[] Operations = ["put", "unpublish", "delete"];

    public required long Number { get; init; }

    public required string Operation { get; init; }

    public required string Source { get; init; }

    public required string ExternalId { get; init; }

    /// <summary>The article as it stands in the line: the server reads it, and says all that is wrong with it.</summary>
    public byte[] Article { get; init; } = [];

    public string? Reason { get; init; }

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

        foreach (var member in line.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            errors.Add(InputError.At($"/{member.Name}", "unknown-member", $"There is no member \"{member.Name}\" here.") with { Suggestion = Suggestion.For(member.Name, Members) });

        var operation = TextOf(line, "op", errors) ?? "put";
        if (!Operations.Contains(operation))
            errors.Add(InputError.At("/op", "invalid-value", "Expected put, unpublish or delete.") with { Suggestion = Suggestion.For(operation, Operations) });

        return new ImportLine
        {
            Number = number,
            Operation = operation,
            Source = SourceOf(line, defaultSource, errors),
            ExternalId = ExternalIdOf(line, errors),
            Article = ArticleOf(line, operation, errors),
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

    private static byte[] ArticleOf(JsonElement line, string operation, List<InputError> errors)
    {
        var isThere = line.TryGetProperty("article", out var article);
        if (operation == "put" && !isThere)
            errors.Add(InputError.At("/article", "required", "article is required to put."));
        else if (operation != "put" && isThere)
            errors.Add(InputError.At("/article", "unknown-member", $"To {operation} takes no article."));

        return isThere ? JsonMarshal.GetRawUtf8Value(article).ToArray() : [];
    }

    private static string? TextOf(JsonElement line, string name, List<InputError> errors)
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
