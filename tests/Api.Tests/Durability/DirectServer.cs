using System.Text;
using System.Text.Json;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Galley.Tests.Durability;

/// <summary>Hands requests to the application without a socket, and takes the answer on the thread that gives it, before that thread does anything else.</summary>
internal sealed class DirectServer : IServer
{
    private Func<IFeatureCollection, Task>? _process;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _process = async features =>
        {
            var context = application.CreateContext(features);
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, null);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    /// <summary>Sends as admin. Whoever awaits this in the <see cref="AtOnce"/> context goes on inside the writer's own answering.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string target, object? body)
    {
        var (status, received) = await SendAsync(method, target, body, Newsroom.AdminKey);
        return new Answer(status, JsonElement.Parse(received.Length == 0 ? "{}"u8 : received));
    }

    /// <summary>Sends with a key, or as anybody; answers the bytes.</summary>
    public async Task<(int Status, byte[] Body)> SendAsync(HttpMethod method, string target, object? body, string? key, params (string Name, string Value)[] headers)
    {
        var sent = new MemoryStream(body is null ? [] : await Json.Body(body).ReadAsByteArrayAsync());
        var received = new MemoryStream();
        var request = RequestOf(method, target, sent);
        if (key is not null)
            request.Headers.Authorization = $"Bearer {key}";
        foreach (var (name, value) in headers)
            request.Headers[name] = value;

        return (await ProcessAsync(request, received), received.ToArray());
    }

    /// <summary>Sends lines as admin, and hands over each of the answer when it comes.</summary>
    public async Task<Answer> SendLinesAsync(string target, string lines, Action<JsonElement> told)
    {
        var received = new ToldLines(told);
        var request = RequestOf(HttpMethod.Post, target, new MemoryStream(Encoding.UTF8.GetBytes(lines)));
        request.Headers.ContentType = "application/x-ndjson";
        request.Headers.Authorization = $"Bearer {Newsroom.AdminKey}";
        var status = await ProcessAsync(request, received);
        return new Answer(status, received.Rest);
    }

    private async Task<int> ProcessAsync(HttpRequestFeature request, Stream received)
    {
        var response = new HttpResponseFeature();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(request.Body.Length > 0));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(received));

        await _process!(features);

        return response.StatusCode;
    }

    private static HttpRequestFeature RequestOf(HttpMethod method, string target, Stream body)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? at : target.Length;
        var request = new HttpRequestFeature
        {
            Protocol = "HTTP/1.1",
            Scheme = "http",
            Method = method.Method,
            RawTarget = target,
            Path = target[..query],
            QueryString = target[query..],
            Body = body,
            Headers = { Host = "localhost", ContentLength = body.Length },
        };
        if (body.Length > 0)
            request.Headers.ContentType = "application/json";
        return request;
    }

    /// <summary>Takes an answer of lines, and tells each as soon as it is whole.</summary>
    private sealed class ToldLines(Action<JsonElement> told) : MemoryStream
    {
        private int _told;

        /// <summary>The last line, or all of a problem.</summary>
        public JsonElement Rest { get; private set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, count);
            Tell();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer, offset, count);
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        private void Tell()
        {
            for (var end = Array.IndexOf(GetBuffer(), (byte)'\n', _told, (int)Length - _told); end >= 0; end = Array.IndexOf(GetBuffer(), (byte)'\n', _told, (int)Length - _told))
            {
                Rest = JsonElement.Parse(GetBuffer().AsSpan(_told, end - _told));
                _told = end + 1;
                if (Rest.TryGetProperty("line", out _))
                    told(Rest);
            }

            if (_told == 0 && Length > 0)
                Rest = JsonElement.Parse(GetBuffer().AsSpan(0, (int)Length));
        }
    }

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
