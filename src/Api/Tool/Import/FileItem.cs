using Galley.Content;
using Galley.Http;

namespace Galley.Tool.Import;

/// <summary>An item of a file, in whatever form that holds it: as the line that would be written for it, and what is told of it beside that.</summary>
internal readonly record struct FileItem(RawLine Line)
{
    public string? ExternalId { get; init; }

    /// <summary>Why it is no article, where it is none.</summary>
    public string? Skipped { get; init; }

    /// <summary>What was mended in it.</summary>
    public IReadOnlyList<string>? Mended { get; init; }

    public static FileItem Of(string? externalId, Mending mending) =>
        new(new RawLine(0, ContentJson.Write(new { externalId, mending.Article }), 0)) { ExternalId = externalId, Mended = mending.Mended };

    public static FileItem Left(string? externalId, string why) => new() { ExternalId = externalId, Skipped = why };

    /// <summary>The same at its place in the file.</summary>
    public FileItem At(long number, long length = 0) => this with { Line = Line with { Number = number, Length = length } };
}
