using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace Galley.Tests.Embargo;

/// <summary>One kept-alive connection that sends a target as it stands and gives back every header line: a client library would tidy both.</summary>
internal sealed class Wire(Uri address) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Socket? _socket;
    private int _start;
    private int _end;

    public async Task<Answer> SendAsync(Ask ask)
    {
        await ConnectAsync();
        await _socket!.SendAsync(Write(ask));

        var head = await ReadHeadAsync();
        var status = int.Parse(head[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
        var answer = new Answer(status, head[1..], []);
        var body = ask.Method == "HEAD" || status is 204 or 304 ? [] : await ReadBodyAsync(answer);
        if (answer.Header("Connection") == "close")
            Dispose();

        return answer with { Body = Unpack(answer, body) };
    }

    // Their packed lengths are compared as a header.
    private static byte[] Unpack(Answer answer, byte[] body)
    {
        if (body.Length == 0 || answer.Header("Content-Encoding") is not { } coding)
            return body;

        using var packed = new MemoryStream(body);
        using Stream plain = coding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var read = new MemoryStream();
        plain.CopyTo(read);
        return read.ToArray();
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async ValueTask ConnectAsync()
    {
        if (_socket is not null)
            return;

        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await _socket.ConnectAsync(address.Host, address.Port);
        (_start, _end) = (0, 0);
    }

    private static byte[] Write(Ask ask)
    {
        var body = Encoding.UTF8.GetBytes(ask.Body ?? string.Empty);
        // One name for both servers, whose ports differ.
        List<string> lines = [$"{ask.Method} {ask.Target} HTTP/1.1", "Host: news.example.org", .. ask.Headers];
        if (ask.Body is not null)
            lines.AddRange(["Content-Type: application/json", $"Content-Length: {body.Length}"]);

        return [.. Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), .. body];
    }

    private async Task<List<string>> ReadHeadAsync()
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync();
            if (line.Length == 0)
                return lines;

            lines.Add(line);
        }
    }

    private async Task<byte[]> ReadBodyAsync(Answer answer)
    {
        if (answer.Header("Content-Length") is { } length)
            return await ReadBytesAsync(int.Parse(length, CultureInfo.InvariantCulture));

        using var body = new MemoryStream();
        while (answer.Header("Transfer-Encoding") == "chunked")
        {
            var size = int.Parse(await ReadLineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await ReadBytesAsync(size));
            await ReadLineAsync();
            if (size == 0)
                break;
            // A stream never ends: it is read until it says that nothing follows.
            if (answer.Header("Content-Type") == "text/event-stream" && body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf(": up to date\n"u8) >= 0)
            {
                Dispose();
                break;
            }
        }

        return body.ToArray();
    }

    private async ValueTask<string> ReadLineAsync()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, length);
                _start += length + 2;
                return line;
            }

            await FillAsync();
        }
    }

    private async ValueTask<byte[]> ReadBytesAsync(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            if (_start == _end)
                await FillAsync();

            var part = Math.Min(count - read, _end - _start);
            _buffer.AsSpan(_start, part).CopyTo(bytes.AsSpan(read));
            _start += part;
            read += part;
        }

        return bytes;
    }

    private async ValueTask FillAsync()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await _socket!.ReceiveAsync(_buffer.AsMemory(_end));
        if (read == 0)
            throw new IOException("The server closed the connection in the middle of an answer.");

        _end += read;
    }
}
