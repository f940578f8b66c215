using System.Globalization;
using System.Text.Json.Serialization;

namespace Galley.Http;

/// <summary>One page of a list. A page may be short, or even empty, and still have a next one, where much had to be read to find little. Only an absent `page.next` means the end.</summary>
internal sealed record Page<T>
{
    /// <summary>The entries, in the order asked for.</summary>
    public required IReadOnlyList<T> Data { get; init; }

    /// <summary>Where to go on.</summary>
    [JsonPropertyName("page")]
    public required PageLinks Links { get; init; }
}

/// <summary>Where a list goes on.</summary>
internal sealed record PageLinks
{
    /// <summary>The cursor of the next page; absent at the end, and only there.</summary>
    public string? Next { get; init; }

    /// <summary>The cursor of the previous page; absent at the beginning.</summary>
    public string? Previous { get; init; }

    /// <summary>How many entries the whole list has, with `count=exact`; absent where counting them would take too long.</summary>
    public long? Total { get; init; }

    /// <summary>As it stands in an answer. By hand, for every list has it; cursors hold nothing that would be escaped.</summary>
    public string ToJson()
    {
        string?[] members =
        [
            Next is null ? null : $"\"next\":\"{Next}\"",
            Previous is null ? null : $"\"previous\":\"{Previous}\"",
            Total is null ? null : string.Create(CultureInfo.InvariantCulture, $"\"total\":{Total}"),
        ];
        return $"{{{string.Join(',', members.Where(member => member is not null))}}}";
    }

    /// <summary>The same where the list goes on although the page is short.</summary>
    public PageLinks GoingOn(string cursor, bool isBackward) => isBackward ? this with { Previous = cursor } : this with { Next = cursor };
}
