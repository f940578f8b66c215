using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Durability;

/// <summary>A push whose second half comes later.</summary>
internal sealed class SlowPush(TcpClient connection, string body) : IDisposable
{
    public async Task BeginAsync()
    {
        await SendAsync(string.Create(CultureInfo.InvariantCulture, $"""
            PUT /v1/manage/sources/wire/articles/slow HTTP/1.1
            Host: localhost
            Authorization: Bearer {Newsroom.AdminKey}
            Content-Type: application/json
            Content-Length: {body.Length}
            Expect: 100-continue


            """).ReplaceLineEndings("\r\n"));
        // The server says so once the handler reads: then it has taken the request.
        Assert.StartsWith("HTTP/1.1 100", await AnswerAsync(), StringComparison.Ordinal);
        await SendAsync(body[..20]);
    }

    public Task FinishAsync() => SendAsync(body[20..]);

    public async Task<string> AnswerAsync()
    {
        var buffer = new byte[4096];
        var count = await connection.GetStream().ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    public void Dispose() => connection.Dispose();

    private async Task SendAsync(string text) => await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
}
