using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Galley.Storage;

namespace Galley.Http;

/// <summary>Where a walk goes on, and in which direction.</summary>
internal readonly record struct Cursor(string Place, bool IsBackward)
{
    /// <summary>How a statement over a unique key goes on from a cursor, or begins without one: what lies beyond the place, and in which order.</summary>
    public static (string Beyond, string Order) WayOf(Cursor? cursor) => cursor is { IsBackward: true } ? ("<", "desc") : (">", "asc");
}

/// <summary>Writes cursors that nobody can make up or take to another list: sealed with a keyed hash over the place and what the list is.</summary>
internal sealed class CursorSeal(Secrets secrets)
{
    private const int SealLength = 12;
    private const byte Forward = 1;
    private const byte Backward = 2;

    private readonly Lazy<byte[]> _key = new(() => secrets.For("cursor"));

    /// <summary>The cursor for a place in the list that <paramref name="list"/> describes: its filters and sort, not its page size.</summary>
    public string Write(Cursor cursor, string list)
    {
        var place = Encoding.UTF8.GetBytes(cursor.Place);
        var bytes = new byte[1 + place.Length + SealLength];
        bytes[0] = cursor.IsBackward ? Backward : Forward;
        place.CopyTo(bytes, 1);
        SealOf(bytes.AsSpan(0, place.Length + 1), list).CopyTo(bytes.AsSpan(place.Length + 1));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The cursor of a request, null where it has none. False for one that was not written for this list.</summary>
    public bool TryRead(string? text, string list, out Cursor? cursor)
    {
        cursor = text is null ? null : Read(text, list);
        return text is null || cursor is not null;
    }

    /// <summary>The cursor as it was written for this list; null for any other text.</summary>
    public Cursor? Read(string text, string list)
    {
        if (!SealedText.IsPossible(text))
            return null;

        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= 1 + SealLength || bytes[0] is not (Forward or Backward))
            return null;

        var sealedPart = bytes.AsSpan(0, bytes.Length - SealLength);
        return CryptographicOperations.FixedTimeEquals(SealOf(sealedPart, list), bytes.AsSpan(sealedPart.Length))
            ? new Cursor(Encoding.UTF8.GetString(sealedPart[1..]), bytes[0] == Backward)
            : null;
    }

    private byte[] SealOf(ReadOnlySpan<byte> sealedPart, string list)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key.Value);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, sealedPart.Length);
        hash.AppendData(length);
        hash.AppendData(sealedPart);
        hash.AppendData(Encoding.UTF8.GetBytes(list));
        return hash.GetHashAndReset()[..SealLength];
    }
}
