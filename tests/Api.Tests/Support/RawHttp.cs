using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Galley.Tests.Support;

/// <summary>An answer as it came over the wire.</summary>
public sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.Clone();
    }
}

/// <summary>Requests byte by byte, where a client library would tidy the address or a header before sending.</summary>
public static class RawHttp
{
    public static Task<RawAnswer> RawAsync(this Newsroom newsroom, string method, string target, string? key = null, string? json = null, params string[] headers)
    {
        var lines = new List<string> { $"{method} {target} HTTP/1.1", "Host: newsroom", "Connection: close" };
        if (key is not null)
            lines.Add($"Authorization: Bearer {key}");
        if (json is not null)
            lines.AddRange(["Content-Type: application/json", $"Content-Length: {Encoding.UTF8.GetByteCount(json)}"]);

        return newsroom.ExchangeAsync($"{string.Join("\r\n", [.. lines, .. headers])}\r\n\r\n{json}");
    }

    /// <summary>Sends these bytes and reads until the server closes the connection.</summary>
    public static async Task<RawAnswer> ExchangeAsync(this Newsroom newsroom, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(newsroom.Address.Host, newsroom.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));

        using var received = new MemoryStream();
        await stream.CopyToAsync(received);
        return Read(Encoding.UTF8.GetString(received.ToArray()));
    }

    private static RawAnswer Read(string received)
    {
        var end = received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"This is no answer: {received}");

        var lines = received[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, received[(end + 4)..]);
    }
}
