using System.Globalization;
using System.Text.Json;
using Galley.Content;
using Galley.Publishing;
using Galley.Publishing.Rerendering;
using Galley.Storage;
using Galley.Tests.Durability;
using Galley.Tests.Embargo;
using Galley.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.History;

/// <summary>What a server answered.</summary>
internal sealed record Reply(string Target, int Status, byte[] Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public override string ToString() => $"{Target}: {Status} {System.Text.Encoding.UTF8.GetString(Body)}";
}

/// <summary>The real application, without a socket and without waiting for the disk, for thousands of short histories one after the other.</summary>
internal sealed class Bench : IAsyncDisposable
{
    // In memory where the system has such a place: what is synced is not what these tests are about.
    private readonly string _directory = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/galley-history-{Guid.NewGuid():n}").FullName : Directory.CreateTempSubdirectory("galley-history-").FullName;
    private readonly DirectServer _server = new();
    private readonly WebApplication _app;

    private Bench()
    {
        _app = Program.Build(
            [$"--Galley:AdminKey={Newsroom.AdminKey}", $"--Galley:Database={DatabasePath}", "--Galley:PublicUrl=https://news.example.org", "--Logging:LogLevel:Default=Error"],
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
                services.Replace(ServiceDescriptor.Singleton<IServer>(_server));
                services.Replace(ServiceDescriptor.Singleton<Randomness>(Dice));
                // So few articles would be done at once, and nothing ever be under way.
                services.Replace(ServiceDescriptor.Singleton(new RerenderOptions(1)));
                Workers.Remove(services);
            });
    }

    /// <summary>What ids are made of, so that a history comes to the same order of ties each time.</summary>
    public SeededDice Dice { get; } = new();

    public TestClock Clock { get; } = new();

    public string DatabasePath => Path.Combine(_directory, "galley.db");

    private Writer Writer => _app.Services.GetRequiredService<Writer>();

    public static async Task<Bench> OpenAsync()
    {
        var bench = new Bench();
        var database = bench._app.Services.GetRequiredService<Database>();
        database.Open(bench._app.Services.GetRequiredService<Clock>().Now);
        await database.Writer.Statements.ExecuteAsync("pragma synchronous = off", null);
        await bench._app.StartAsync();
        return bench;
    }

    public async Task<Reply> SendAsync(HttpMethod method, string target, object? body = null, params (string Name, string Value)[] headers)
    {
        var (status, bytes) = await _server.SendAsync(method, target, body, Newsroom.AdminKey, headers);
        return new Reply(target, status, bytes);
    }

    public async Task<Reply> ReadAsync(string target, string? key = null)
    {
        var (status, bytes) = await _server.SendAsync(HttpMethod.Get, target, null, key);
        return new Reply(target, status, bytes);
    }

    public Task SettleAsync() => Writer.WriteAsync(_ => new ValueTask<bool>(true));

    public Task<bool> RerenderAsync() => Writer.WriteAsync(_app.Services.GetRequiredService<Rerender>().ContinueAsync);

    public Task<bool> CutAsync() => Writer.WriteAsync(_app.Services.GetRequiredService<ChangeRetention>().CutAsync);

    /// <summary>The number of the newest change, even where none is kept any more.</summary>
    public async Task<long> LastSeqAsync()
    {
        using var session = await _app.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        return await session.FindAsync<long>("select value from counter where name = 'seq'", null);
    }

    public async Task<IReadOnlyList<ChangeOnRecord>> ListChangesAsync(long after)
    {
        using var session = await _app.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        return await session.ListAsync<ChangeOnRecord>("select seq, public_id, kind, at from change where seq > @after order by seq", new { after });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public sealed class ChangeOnRecord
    {
        public long Seq { get; init; }

        public string PublicId { get; init; } = string.Empty;

        public string Kind { get; init; } = string.Empty;

        public long At { get; init; }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seq} {Kind} of {PublicId} at {At}");
    }
}
