using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Galley.Tests.Operation.Following;

/// <summary>README's script that follows the changes, with everything against it: its copy is the list in the end.</summary>
public sealed class FollowTests(ITestOutputHelper output) : IDisposable
{
    private const int ServerRestarts = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private readonly Random _random = new(1);
    private ServerProcess _server = null!;
    private int _kills;

    [NodeFact]
    public async Task A_copy_equals_the_list_after_cut_connections_kills_and_restarts()
    {
        var changes = Duration.Of(inEveryRun: 1_000, whenLong: 10_000);
        await StartServerAsync();
        using var proxy = new CuttingProxy(() => _server.Address);
        using var follower = new Follower(_directory.Path, proxy.Address);
        var traffic = new Traffic(() => _server);

        follower.Start();
        var watch = Stopwatch.StartNew();
        var writing = traffic.WriteAsync(changes);
        for (var restart = 1; restart <= ServerRestarts; restart++)
        {
            await DisturbAsync(follower, until: () => writing.IsCompleted || traffic.Published >= changes * restart / (ServerRestarts + 1));
            if (restart == 2)
                await OutliveLogAsync(follower, traffic);
            else
                await RestartServerAsync();
        }

        await DisturbAsync(follower, until: () => writing.IsCompleted);
        await writing;
        proxy.IsCalm = true;
        follower.Kill();
        follower.Start();
        output.WriteLine($"{Changes()} changes in {watch.Elapsed.TotalSeconds:0} s, {proxy.Cuts} connections cut, {_kills} kills of the script, {ServerRestarts} of the server");
        Assert.True(proxy.Cuts > 0 && _kills > 0, $"Nothing disturbed the script: {proxy.Cuts} connections were cut, and it was killed {_kills} times.");
        await EqualsListAsync(follower);
    }

    public void Dispose()
    {
        _server?.Dispose();
        _directory.Dispose();
    }

    // Kills the script at any moment, again and again.
    private async Task DisturbAsync(Follower follower, Func<bool> until)
    {
        while (!until())
        {
            await Task.Delay(_random.Next(100, 1_500));
            follower.Kill();
            _kills++;
            follower.Start();
        }
    }

    // The log is cut beyond where the script has come, which must begin again; and what went away meanwhile is told by nobody.
    private async Task OutliveLogAsync(Follower follower, Traffic traffic)
    {
        follower.Kill();
        for (var (before, watch) = (traffic.Published, Stopwatch.StartNew()); traffic.Published < before + 100 && watch.Elapsed < Patience;)
            await Task.Delay(10);

        await RestartServerAsync(meanwhile: "update counter set value = (select value from counter where name = 'seq') where name = 'change_floor'");
        using var client = _server.NewClient();
        await client.GetAsync($"/v1/changes?since={follower.Token}").ProblemAsync(410, "resync-required");
        follower.Start();
    }

    private async Task RestartServerAsync(string? meanwhile = null)
    {
        _server.Dispose();
        if (meanwhile is not null)
            Open().Execute(meanwhile);
        await StartServerAsync();
    }

    private async Task StartServerAsync() =>
        _server = await ServerProcess.StartAsync(_directory.File("galley.db"), "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");

    private async Task EqualsListAsync(Follower follower)
    {
        using var client = _server.NewClient();
        var expected = new Copy(client);
        await expected.SyncAsync();
        await expected.EqualsListAsync();

        await follower.ReachAsync(expected.Token!, Patience);
        var copy = follower.Read()!.Value.GetProperty("articles");
        Assert.True(expected.Articles.Count > 100);
        Assert.Equal(expected.Articles.Keys.Order(), copy.Members().Order());
        Assert.All(expected.Articles, article => Assert.True(JsonElement.DeepEquals(JsonElement.Parse(article.Value), copy.GetProperty(article.Key))));
    }

    private long Changes() => Open().ExecuteScalar<long>("select value from counter where name = 'seq'");

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_directory.File("galley.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
