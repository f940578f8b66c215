using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Galley.Tests.Operation;

/// <summary>A server that is not Galley, or no good one, and answers every request in the same way.</summary>
internal sealed class OtherServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtherServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<OtherServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new OtherServer(app);
    }

    /// <summary>One that shows a page, whatever it is asked.</summary>
    public static Task<OtherServer> WebsiteAsync() => StartAsync(context =>
    {
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<!DOCTYPE html><title>News</title>");
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
