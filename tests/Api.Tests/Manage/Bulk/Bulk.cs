using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Bulk;

/// <summary>What a bulk request came to: a result for each line, and the last line; null where the answer was cut.</summary>
public sealed record BulkOutcome(IReadOnlyList<JsonElement> Results, JsonElement? End)
{
    /// <summary>Each line as its number, status and outcome or code.</summary>
    public IReadOnlyList<string> Told => [.. Results.Select(result => $"{result.Number("line")} {result.Number("status")} {(result.Has("outcome") ? result.Text("outcome") : result.GetProperty("problem").Text("code"))}")];

    public static BulkOutcome Read(string answer)
    {
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        return lines is [.., var last] && last.Has("end") ? new(lines[..^1], last) : new(lines, null);
    }
}

/// <summary>Sending many lines at once.</summary>
public static class BulkRequests
{
    public const string Address = "/v1/manage/articles/bulk";

    public static object Put(Given article, string source = Pushing.Source) => new { source, externalId = article.ExternalId, article = new Dictionary<string, object?>(article.Build()) };

    public static object Unpublish(string externalId) => new { op = "unpublish", source = Pushing.Source, externalId };

    public static object Delete(string externalId) => new { op = "delete", source = Pushing.Source, externalId };

    public static HttpContent Body(params object[] lines) => Raw(string.Concat(lines.Select(line => JsonSerializer.Serialize(line, Json.Options) + "\n")));

    public static HttpContent Raw(string lines) => Raw(Encoding.UTF8.GetBytes(lines));

    public static HttpContent Raw(byte[] lines)
    {
        var content = new ByteArrayContent(lines);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return content;
    }

    public static Task<BulkOutcome> BulkAsync(this HttpClient client, params object[] lines) => client.BulkAsync(Body(lines));

    public static async Task<BulkOutcome> BulkAsync(this HttpClient client, HttpContent lines, string query = "")
    {
        var response = await client.PostAsync($"{Address}{query}", lines);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"The lines were answered {(int)response.StatusCode}: {answer}");
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.ToString());
        return BulkOutcome.Read(answer);
    }
}

/// <summary>A bulk request whose lines go out one by one, while its answer is read: the framework's client sends everything before it reads.</summary>
public sealed class LiveBulk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client;
    private readonly Stream _stream;
    private readonly StreamReader _received;
    private readonly Queue<string> _lines = new();
    private string _begun = string.Empty;
    private bool _isRead;

    public LiveBulk(Newsroom newsroom, string key = Newsroom.AdminKey)
    {
        _client = new TcpClient(newsroom.Address.Host, newsroom.Address.Port);
        _stream = _client.GetStream();
        // All of it is ASCII but texts, and those are not looked at here.
        _received = new StreamReader(_stream, Encoding.Latin1);
        Write($"POST {BulkRequests.Address} HTTP/1.1\r\nHost: newsroom\r\nAuthorization: Bearer {key}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /// <summary>Its status; null until it is asked for.</summary>
    public int? Status { get; private set; }

    public void Send(object line) => SendRaw(JsonSerializer.Serialize(line, Json.Options) + "\n");

    public void SendRaw(string text)
    {
        if (text.Length > 0)
            Write($"{text.Length:x}\r\n{text}\r\n");
    }

    public void End() => Write("0\r\n\r\n");

    /// <summary>The next line of the answer; null at its end.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        if (Status is null)
            await ReadHeadAsync();

        while (_lines.Count == 0 && !_isRead)
            await ReadChunkAsync();

        return _lines.TryDequeue(out var line) ? JsonElement.Parse(line) : null;
    }

    /// <summary>The status of another request on the same connection, once the answer is read to its end.</summary>
    public async Task<int?> AskOnAsync(string target)
    {
        Write($"GET {target} HTTP/1.1\r\nHost: newsroom\r\n\r\n");
        await ReadHeadAsync();
        return Status;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Write(string text) => _stream.Write(Encoding.Latin1.GetBytes(text));

    private Task<string?> ReadLineAsync() => _received.ReadLineAsync().WaitAsync(Patience);

    private async Task ReadHeadAsync()
    {
        var head = new List<string>();
        while (await ReadLineAsync() is { Length: > 0 } line)
            head.Add(line);

        Status = int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture);
        if (head.Exists(line => line.StartsWith("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)))
            return;

        // A problem, whole.
        _isRead = true;
        var length = head.Single(line => line.StartsWith("Content-Length", StringComparison.OrdinalIgnoreCase)).Split(' ')[1];
        _lines.Enqueue(await ReadTextAsync(int.Parse(length, CultureInfo.InvariantCulture)));
    }

    private async Task ReadChunkAsync()
    {
        var length = int.Parse(await ReadLineAsync() ?? "0", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        _isRead = length == 0;
        var chunk = await ReadTextAsync(length);
        await ReadLineAsync();
        // A line may go over two of them.
        string[] parts = (_begun + chunk).Split('\n');
        _begun = parts[^1];
        foreach (var line in parts[..^1])
            _lines.Enqueue(line);
    }

    private async Task<string> ReadTextAsync(int length)
    {
        var text = new char[length];
        await _received.ReadBlockAsync(text).AsTask().WaitAsync(Patience);
        return new string(text);
    }
}
