using Galley.Http.OpenApi;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tool;

/// <summary>Prints the OpenAPI document. The route table is complete only in a started application, so one is started that serves nobody.</summary>
internal static class OpenApiCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> settings)
    {
        await using var app = Program.Build(["--Logging:LogLevel:Default=None", .. settings], services =>
        {
            services.RemoveAll<IHostedService>();
            services.Replace(ServiceDescriptor.Singleton<IServer, NoServer>());
        });
        await app.StartAsync();
        await Console.Out.WriteAsync(OpenApiDocument.Write(app.Services));
        await app.StopAsync();
        return 0;
    }

    /// <summary>Listens to nothing.</summary>
    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
