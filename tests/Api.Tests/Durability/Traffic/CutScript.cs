using System.Net;
using System.Net.Sockets;
using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Durability.Traffic;

/// <summary>Posts articles over connections of its own, and cuts most of them: in the request, in the answer, or as soon as all was sent.</summary>
internal sealed class CutScript(Uri server, Random random)
{
    public bool Chance(int oneIn) => random.Next(oneIn) == 0;

    public int Below(int number) => random.Next(number);

    /// <summary>Sends the request of this key. The answer, where all of it came; null where the connection was cut, or it is under way.</summary>
    public async Task<Whole?> MaybeAsync(string key)
    {
        var request = RequestOf(key);
        var (sent, read) = random.Next(4) switch
        {
            0 => (random.Next(request.Length + 1), 0),
            1 => (request.Length, random.Next(2_000)),
            2 => (request.Length, 0),
            _ => (request.Length, int.MaxValue),
        };

        try
        {
            return await ExchangeAsync(request.AsMemory(0, sent), read);
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            // The server is being killed.
            return null;
        }
    }

    public async Task<Whole> WholeAsync(string key) => (await ExchangeAsync(RequestOf(key), int.MaxValue))!;

    private async Task<Whole?> ExchangeAsync(ReadOnlyMemory<byte> request, int most)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await socket.SendAsync(request, late.Token);

        var answer = new MemoryStream();
        var buffer = new byte[8 * 1024];
        while (answer.Length < most)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most - answer.Length)), late.Token);
            if (received == 0)
                return Read(Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length));

            answer.Write(buffer, 0, received);
        }

        return null;
    }

    // The server closes once it has said everything.
    private static Whole? Read(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return null;

        var (head, body) = (text[..end], text[(end + 4)..]);
        Assert.True(head.StartsWith("HTTP/1.1 201", StringComparison.Ordinal) || head.StartsWith("HTTP/1.1 409", StringComparison.Ordinal) || head.StartsWith("HTTP/1.1 503", StringComparison.Ordinal), text);
        var isWhole = head.Contains($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", StringComparison.OrdinalIgnoreCase) || head.EndsWith($"Content-Length: {Encoding.UTF8.GetByteCount(body)}", StringComparison.OrdinalIgnoreCase);
        return head.StartsWith("HTTP/1.1 201", StringComparison.Ordinal) && isWhole ? new Whole(body, head.Contains("Idempotency-Replayed: true", StringComparison.OrdinalIgnoreCase)) : null;
    }

    private static byte[] RequestOf(string key)
    {
        var body = $$"""{"language":"en","status":"published","headline":"Story {{key}}","body":{"text":"First.\n\nSecond."} }""";
        return Encoding.UTF8.GetBytes(string.Join("\r\n",
            "POST /v1/manage/articles HTTP/1.1", "Host: localhost", "Connection: close", $"Authorization: Bearer {Newsroom.AdminKey}", "Content-Type: application/json",
            $"Idempotency-Key: {key}", $"Content-Length: {body.Length}", string.Empty, body));
    }

    /// <summary>An answer that came whole.</summary>
    internal sealed record Whole(string Body, bool IsReplayed);
}
