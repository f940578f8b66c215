using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Galley.Http;

/// <summary>What one client may ask of the server at the level of HTTP.</summary>
internal static class Limits
{
    private const int Threads = 16;

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        // Reading the database holds a thread. With one a core nothing else would move while that many read: health would not answer, nobody be turned away.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Threads), ports);
        builder.WebHost.ConfigureKestrel(Configure);
    }

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // The host that a client names is never used: not for links, not for routing.
        kestrel.AllowHostHeaderOverride = true;
        // Twice what the API takes: up to there the answer is a problem document, beyond it the parser hangs up.
        kestrel.Limits.MaxRequestLineSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        // Far more than any endpoint takes: what is too large for one is answered while the rest still arrives, and its sender reads why instead of a broken pipe.
        kestrel.Limits.MaxRequestBodySize = 16 * BodyLimit.Article.MaxBytes;
        // Room for those who ask beside thousands who keep a connection and send next to nothing, until they are cut off.
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
    }
}
