using System.IO.Compression;
using System.Text.Json;

namespace Galley.Tests.Contract;

/// <summary>A response as it came, with its headers in one place and its body read once.</summary>
internal sealed class Answer
{
    private readonly Dictionary<string, string> _headers;

    private Answer(HttpResponseMessage response, byte[] body)
    {
        (Request, Status, Body) = (response.RequestMessage!, (int)response.StatusCode, body);
        _headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        MediaType = response.Content.Headers.ContentType?.MediaType;
    }

    public HttpRequestMessage Request { get; }

    public int Status { get; }

    public string? MediaType { get; }

    public byte[] Body { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsHead => Request.Method == HttpMethod.Head;

    /// <summary>Whether the HTTP parser refused the request before the application saw it: nothing but a status.</summary>
    public bool IsOfTheParser => Status is 400 or 408 or 414 or 431 && Body.Length == 0 && Header("X-Content-Type-Options") is null;

    public Uri Address => Request.RequestUri!;

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>Null for an answer that never ends, which nobody may wait for here.</summary>
    public static async Task<Answer?> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream" && response.RequestMessage!.Method != HttpMethod.Head)
            return null;

        await response.Content.LoadIntoBufferAsync(cancel);
        return new Answer(response, await DecompressAsync(response.Content, cancel));
    }

    private static async Task<byte[]> DecompressAsync(HttpContent content, CancellationToken cancel)
    {
        var body = await content.ReadAsByteArrayAsync(cancel);
        if (body.Length == 0 || content.Headers.ContentEncoding.SingleOrDefault() is not { } encoding)
            return body;

        using var compressed = new MemoryStream(body);
        await using Stream plain = encoding == "br" ? new BrotliStream(compressed, CompressionMode.Decompress) : new GZipStream(compressed, CompressionMode.Decompress);
        using var read = new MemoryStream();
        await plain.CopyToAsync(read, cancel);
        return read.ToArray();
    }

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.Clone();
    }
}
