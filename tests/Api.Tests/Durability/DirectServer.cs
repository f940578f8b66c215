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
        var sent = new MemoryStream(body is null ? [] : await Json.Body(body).ReadAsByteArrayAsync());
        var received = new MemoryStream();
        var response = new HttpResponseFeature();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(RequestOf(method, target, sent));
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(sent.Length > 0));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(received));

        await _process!(features);

        var text = received.Length == 0 ? "{}"u8.ToArray() : received.ToArray();
        return new Answer(response.StatusCode, JsonElement.Parse(text));
    }

    private static HttpRequestFeature RequestOf(HttpMethod method, string target, Stream body)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? at : target.Length;
        return new HttpRequestFeature
        {
            Protocol = "HTTP/1.1",
            Scheme = "http",
            Method = method.Method,
            RawTarget = target,
            Path = target[..query],
            QueryString = target[query..],
            Body = body,
            Headers =
            {
                Host = "localhost",
                Authorization = $"Bearer {Newsroom.AdminKey}",
                ContentType = "application/json",
                ContentLength = body.Length,
            },
        };
    }

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
