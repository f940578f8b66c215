namespace Galley.Tests.Durability.Traffic;

/// <summary>What is stored of one article: nothing, or a revision under its unique headline, with the headlines of its editions in the order readers see them.</summary>
internal sealed record Take(string? Headline, long Revision, string Editions)
{
    public static readonly Take Absent = new(null, 0, string.Empty);

    public bool Exists => Headline is not null;

    /// <summary>The edition that will be the last one; readers see another before it where there are two.</summary>
    public string LastEdition => Editions[(Editions.IndexOf('|', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether a file that says <paramref name="stored"/> kept this. The clock may have put the scheduled edition in the place of the other meanwhile.</summary>
    public bool IsKeptBy(Take stored) => stored == this || stored == this with { Editions = LastEdition };

    public override string ToString() => Exists ? $"revision {Revision}, {Headline}; readers: {Editions}" : "nothing";
}
