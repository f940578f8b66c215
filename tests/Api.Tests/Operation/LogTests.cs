using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Galley.Tests.Durability;
using Galley.Tests.Manage.Bulk;
using Galley.Tests.Support;

namespace Galley.Tests.Operation;

/// <summary>The log is for machines where an operator wants it so, and holds nothing of what was sent, however much he wants to know.</summary>
public sealed class LogTests : IDisposable
{
    private const string Canary = "canaryzwei";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Information")]
    [InlineData("Trace")]
    public async Task Every_line_is_a_json_object_and_none_has_a_key_a_body_or_a_query(string level)
    {
        using var server = await ServerProcess.StartAsync(
            _directory.File("galley.db"), "--Logging:Console:FormatterName=json", "--Logging:Console:FormatterOptions:IncludeScopes=true", $"--Logging:LogLevel:Default={level}", $"--Logging:LogLevel:Microsoft.AspNetCore={level}");
        using var client = server.NewClient();
        var secret = await ProvokeAsync(client);
        foreach (var request in Malformed())
            await SendRawAsync(server.Address, request);
        server.AskToStop();
        await server.ExitAsync();

        var lines = server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).ToList();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
        Assert.Contains(lines, line => JsonElement.Parse(line).Text("Message").StartsWith("Now listening on", StringComparison.Ordinal));
        Assert.All([Canary, secret, Newsroom.AdminKey], each => Assert.Empty(lines.Where(line => line.Contains(each, StringComparison.OrdinalIgnoreCase))));
    }

    [Fact]
    public async Task The_environment_may_ask_for_it_too()
    {
        using var process = Executable.Start(
            [("Logging__Console__FormatterName", "json")], "--urls=http://127.0.0.1:0", $"--Galley:Database={_directory.File("galley.db")}", $"--Galley:AdminKey={Newsroom.AdminKey}");
        var first = await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        process.Kill();
        await process.WaitForExitAsync();

        Assert.Equal("Warning", JsonElement.Parse(first!).Text("LogLevel"));
    }

    // What succeeds, and what fails in every way that is told. Answers the secret of a key.
    private static async Task<string> ProvokeAsync(HttpClient client)
    {
        var key = (await client.PostAsync("/v1/manage/keys", Json.Body(new { label = Canary, scopes = new[] { "ops" } })).AnsweredAsync(201)).Text("key");
        await client.PushedAsync(Given.Article().Headed(Canary).Saying(Canary));
        await client.BulkAsync(BulkRequests.Put(Given.Article().Headed(Canary)), new { op = Canary, article = Canary });
        foreach (var address in new[] { $"/v1/articles?q={Canary}", $"/v1/articles?key={Canary}", $"/v1/articles?cursor={Canary}", $"/nowhere?{Canary}", $"/health/ready?{Canary}", $"/docs?{Canary}", $"/v1/articles?q=%00{Canary}" })
            await client.GetAsync(address);
        await client.PutAsync($"/v1/manage/sources/wire/articles/x?{Canary}=1", Json.Raw($$"""{"{{Canary}}": 1"""));
        await client.PutAsync("/v1/manage/sources/wire/articles/x", Json.Body(new { headline = Canary, canaryzwei = 1 }));
        await client.SendAsync(HttpMethod.Post, "/v1/manage/articles", Json.Body(new { language = "en", headline = Canary }), ("Idempotency-Key", Canary), ("If-Match", $"\"{Canary}\""), ("Cookie", Canary));
        return key[^38..];
    }

    private static IEnumerable<string> Malformed() =>
    [
        $"GET /v1/articles?q={Canary} x HTTP/1.1\r\n\r\n", $"GET /v1/articles?{Canary}\u0001 HTTP/1.1\r\nHost: x\r\n\r\n", $"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Canary}\u0000\r\n\r\n",
        $"GET / HTTP/1.1\r\nHost: x\r\n {Canary}\r\n\r\n", $"POST /v1/manage/articles HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{Canary}\r\n", $"{Canary} / HTTP/9.9\r\n\r\n", $"GET / HTTP/1.1\r\nHost: {Canary}/?\r\n\r\n",
        $"POST /v1/manage/articles HTTP/1.1\r\nHost: x\r\nContent-Length: {Canary}\r\n\r\n",
    ];

    private static async Task SendRawAsync(Uri server, string request)
    {
        using var client = new TcpClient(server.Host, server.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        client.Client.Shutdown(SocketShutdown.Send);
        // It is answered, or the connection is closed.
        await stream.CopyToAsync(Stream.Null).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
