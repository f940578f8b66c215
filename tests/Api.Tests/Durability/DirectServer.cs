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

        var response = new HttpResponseFeature();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(sent.Length > 0));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(received));

        await _process!(features);

        return (response.StatusCode, received.ToArray());
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

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
