using Galley.Publishing;
using Galley.Storage;
using Galley.Storage.Sqlite;
using Galley.Tests.Durability.Disk;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Galley.Tests.Durability;

/// <summary>The whole application in this process over a recorded disk, without a socket.</summary>
internal sealed class RecordedNewsroom : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectServer _server = new();

    /// <summary>Opens the file and starts. <paramref name="pragma"/> weakens the writer's connection, to show that a test sees it; <paramref name="isAwake"/> keeps the worker that announces transitions.</summary>
    public RecordedNewsroom(RecordedDisk disk, TestClock clock, string? pragma = null, long tidyAbove = 100_000, bool isAwake = false)
    {
        Disk = disk;
        Path = System.IO.Path.Combine(disk.Directory, "galley.db");
        _app = Program.Build(
            [$"--Galley:AdminKey={Newsroom.AdminKey}", "--Logging:LogLevel:Default=None"],
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                services.Replace(ServiceDescriptor.Singleton<IServer>(_server));
                services.Replace(ServiceDescriptor.Singleton<Database>(new SqliteDatabase(Path, RecordingFileSystem.Name, tidyAbove, disk.OpenLog)));
                if (!isAwake)
                    services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(TransitionWorker)));
            });
        Database = _app.Services.GetRequiredService<Database>();
        Database.Open(_app.Services.GetRequiredService<Clock>().Now);
        if (pragma is not null)
            Database.Writer.Statements.ExecuteAsync(pragma, null).AsTask().Wait();
    }

    public RecordedDisk Disk { get; }

    public string Path { get; }

    public Database Database { get; }

    public IServiceProvider Services => _app.Services;

    public Task StartAsync() => _app.StartAsync();

    public Task<Answer> SendAsync(HttpMethod method, string target, object? body) => _server.SendAsync(method, target, body);

    public Task<Answer> SendLinesAsync(string target, string lines, Action<System.Text.Json.JsonElement> told) => _server.SendLinesAsync(target, lines, told);

    /// <summary>Stops in good order, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        // Given to the container as it is, and so ours to close.
        Database.Dispose();
    }
}
