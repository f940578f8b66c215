namespace Galley.Content;

/// <summary>The integer that orders editions everywhere: publication instant in milliseconds, 19 bits of the public id, edition bit.</summary>
/// <remarks>
/// Lists, cursors and search share it, so they agree and continue each other. The id's bits break ties in an order that says nothing about when an
/// article was made. Instants of the years 1700 to 2200 need 44 bits with their sign, so that 20 more fit.
/// </remarks>
internal readonly record struct Position(long Value)
{
    private const int LowBits = 20;
    private const long EditionBit = 1;

    public static Position Of(Instant publishedAt, Guid publicId)
    {
        Span<byte> bytes = stackalloc byte[16];
        publicId.TryWriteBytes(bytes);
        // The last bytes of a version 4 UUID are random bits only.
        var random = ((bytes[13] << 16) | (bytes[14] << 8) | bytes[15]) & 0x7FFFF;

        return new Position((publishedAt.Milliseconds << LowBits) | ((long)random << 1));
    }

    /// <summary>Below every position of this instant: an exclusive bound for what is older, an inclusive one for what is not.</summary>
    public static Position Floor(Instant instant) => new(instant.Milliseconds << LowBits);

    /// <summary>The same place in the order, whichever of the article's two editions stands there.</summary>
    public Position WithoutEdition => new(Value & ~EditionBit);

    /// <summary>The place of the article's other edition.</summary>
    public Position Other => new(Value ^ EditionBit);

    /// <summary>The next place upward with the same edition bit, for the rare case of two articles with the same instant and bits.</summary>
    public Position Next => new(Value + 2);
}
