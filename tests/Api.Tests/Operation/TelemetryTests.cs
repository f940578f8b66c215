using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Operation;

/// <summary>A collector that keeps what it is sent, over OTLP in HTTP.</summary>
public sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, string Text)> _received = new();

    public Collector()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ReceiveAsync();
    }

    public string Address { get; }

    // Names and values of text stand in protobuf as they are.
    public string Received(string path) => string.Concat(_received.Where(each => each.Path == path).Select(each => each.Text));

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Enqueue((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The end of it.
        }
    }
}

public sealed class MeasuredNewsroom : Newsroom
{
    public Collector Collector { get; } = new();

    protected override IEnumerable<string> Settings =>
        [$"--OTEL_EXPORTER_OTLP_ENDPOINT={Collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_METRIC_EXPORT_INTERVAL=100", "--OTEL_BSP_SCHEDULE_DELAY=100"];
}

/// <summary>What a collector is sent: what an operator asks first, and nothing that opens anything.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Canary = "canaryzwei";

    private static readonly string[] Metrics =
    [
        "http.server.request.duration", "galley.cache.hits", "galley.cache.size", "galley.writer.waiting", "galley.writer.group.size", "galley.writer.commit.duration",
        "galley.changes.last", "galley.transitions.overdue", "galley.database.size", "galley.database.disk.free", "kestrel.active_connections", "dotnet.process.memory.working_set",
    ];

    // The last is of the request that ends last.
    private static readonly string[] Spans = ["write", "http.route", "/v1/articles", "/preview/{token}"];

    private readonly MeasuredNewsroom _newsroom = new();

    public Task InitializeAsync() => _newsroom.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _newsroom.DisposeAsync();
        _newsroom.Collector.Dispose();
    }

    [Fact]
    public async Task Requests_cache_writer_changes_clock_and_disk_are_told_and_no_secret()
    {
        await _newsroom.Admin.PushedAsync(Given.Article().Headed(Canary).Saying(Canary));
        for (var i = 0; i < 3; i++)
            await _newsroom.Reader.GetJsonAsync("/v1/articles?limit=3");
        await _newsroom.Reader.GetAsync($"/v1/articles?q={Canary}");
        await _newsroom.Reader.GetAsync($"/v1/articles?key={Canary}");
        await _newsroom.Reader.GetAsync($"/preview/{Canary}");

        for (var i = 0; i < 600 && !IsAllTold(); i++)
            await Task.Delay(50);

        Assert.All(Metrics, name => Assert.Contains(name, _newsroom.Collector.Received("/v1/metrics"), StringComparison.Ordinal));
        Assert.All(Spans, name => Assert.Contains(name, _newsroom.Collector.Received("/v1/traces"), StringComparison.Ordinal));
        var told = _newsroom.Collector.Received("/v1/metrics") + _newsroom.Collector.Received("/v1/traces");
        Assert.DoesNotContain(Canary, told, StringComparison.Ordinal);
        Assert.DoesNotContain(Newsroom.AdminKey, told, StringComparison.Ordinal);
    }

    private bool IsAllTold() => Metrics.All(_newsroom.Collector.Received("/v1/metrics").Contains) && Spans.All(_newsroom.Collector.Received("/v1/traces").Contains);
}
