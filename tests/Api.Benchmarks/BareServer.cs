using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Galley.Benchmarks;

/// <summary>The limit: Kestrel, one middleware, no routing, a prebuilt body of the size asked for.</summary>
internal static class BareServer
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();

        var body = new byte[int.Parse(args[0], CultureInfo.InvariantCulture)];
        Array.Fill(body, (byte)'x');
        app.Run(context => AnswerAsync(context.Response, body));

        return await RunAsync(app);
    }

    /// <summary>What a program begins with that does nothing yet: all the defaults, and one address.</summary>
    public static async Task<int> RunEmptyAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0"]);
        await using var app = builder.Build();
        app.MapGet("/", () => "hello");
        return await RunAsync(app);
    }

    private static async Task<int> RunAsync(WebApplication app)
    {
        await app.StartAsync();
        await Console.Error.WriteLineAsync($"Now listening on: {app.Urls.Single()}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpResponse response, byte[] body)
    {
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body);
        await response.BodyWriter.FlushAsync();
    }
}
