using System.Buffers;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Galley.Http.Cache;

/// <summary>How the bytes of an answer are packed on their way (RFC 9110 §8.4.1).</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Chooses and applies content codings. Each has a tag of its own.</summary>
internal static class ContentCodings
{
    // Between speed and size: the next steps take twice as long for a tenth less.
    private const int BrotliQuality = 4;
    private const int BrotliWindow = 18;

    /// <summary>The best that a client takes: br, then gzip, by its weights (RFC 9110 §12.5.3). What cannot be read asks for nothing.</summary>
    public static ContentCoding Of(HttpRequest request) => Of(request.Headers.AcceptEncoding);

    public static ContentCoding Of(StringValues accepted) => accepted switch
    {
        [] => ContentCoding.Identity,
        // What browsers and apps send, told without a parser.
        ["gzip, deflate, br" or "gzip, deflate, br, zstd" or "br, gzip"] => ContentCoding.Brotli,
        ["gzip" or "gzip, deflate"] => ContentCoding.Gzip,
        _ => Weighed(accepted),
    };

    public static string? NameOf(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => null,
    };

    /// <summary>The tag of the same answer in this coding: strong tags are of bytes.</summary>
    public static string TagOf(string tag, ContentCoding coding) => NameOf(coding) is { } name ? $"{tag[..^1]}-{name}\"" : tag;

    public static byte[] Apply(ContentCoding coding, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var whole = Join(parts);
        return coding switch
        {
            ContentCoding.Brotli => Brotli(whole),
            ContentCoding.Gzip => Gzip(whole),
            _ => whole,
        };
    }

    /// <summary>Packs what is written as it goes out.</summary>
    public static Stream Around(Stream body, ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true),
        ContentCoding.Gzip => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true),
        _ => body,
    };

    private static ContentCoding Weighed(StringValues accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var list))
            return ContentCoding.Identity;

        var (brotli, gzip) = (WeightOf("br"), WeightOf("gzip"));
        return brotli > 0 && brotli >= gzip ? ContentCoding.Brotli : gzip > 0 ? ContentCoding.Gzip : ContentCoding.Identity;

        double WeightOf(string name) => (Named(name) ?? Named("*")) is { } named ? named.Quality ?? 1 : 0;

        StringWithQualityHeaderValue? Named(string name) => list.FirstOrDefault(each => each.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var whole = GC.AllocateUninitializedArray<byte>(parts.Sum(part => part.Length));
        var at = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(whole.AsSpan(at));
            at += part.Length;
        }

        return whole;
    }

    private static byte[] Brotli(byte[] whole)
    {
        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(whole.Length));
        try
        {
            return BrotliEncoder.TryCompress(whole, packed, out var length, BrotliQuality, BrotliWindow) ? packed[..length] : throw new InvalidOperationException("The encoder says that more bytes are needed than it said before.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    private static byte[] Gzip(byte[] whole)
    {
        using var packed = new MemoryStream(whole.Length / 2);
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(whole);
        return packed.ToArray();
    }
}
