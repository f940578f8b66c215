using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>A server that is killed while stories become due, again and again: each is told once, and in order.</summary>
public sealed class KilledWhileSettlingTests(ITestOutputHelper output)
{
    private const int StoriesOfALife = 60;

    // Settling is under way all the while, a few at a time.
    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(1_500);

    private readonly Random _random = new(1);
    private readonly HashSet<string> _acknowledged = new(StringComparer.Ordinal);
    private int _during;

    [Fact]
    public async Task Tells_every_transition_once_and_in_order()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("galley.db");
        var kills = Duration.Of(inEveryRun: 4, whenLong: 60);
        for (var life = 0; life < kills; life++)
            await LiveAndDieAsync(path, life);

        await SettleAllAsync(path);
        var changes = Changes(path);
        output.WriteLine($"{kills} kills, {_during} with stories told and stories still to tell, {changes.Count} changes");
        Assert.InRange(_during, 1, kills);
        Assert.Empty(_acknowledged.Except(changes.Select(change => change.Id)));
        Assert.Equal(changes.Count, changes.Select(change => change.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(changes.OrderBy(change => change.At).ThenBy(change => change.ArticleId), changes);
    }

    private async Task LiveAndDieAsync(string path, int life)
    {
        using var server = await ServerProcess.StartAsync(path, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        DatabaseInvariants.AssertHold(path);

        var due = DateTimeOffset.UtcNow.AddSeconds(2);
        await Parallel.ForAsync(0, StoriesOfALife, async (i, _) =>
        {
            var publishedAt = due.Add(Spread * i / StoriesOfALife).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            var answer = await server.SendAsync(HttpMethod.Put, $"/v1/manage/sources/wire/articles/story-{life}-{i}", new { language = "en", status = "published", headline = "A story", publishedAt });
            Assert.Equal(201, answer.Status);
            lock (_acknowledged)
                _acknowledged.Add(answer.Text("id"));
        });

        var left = due.AddMilliseconds(_random.Next((int)Spread.TotalMilliseconds)) - DateTimeOffset.UtcNow;
        if (left > TimeSpan.Zero)
            await Task.Delay(left);
        server.Kill();

        var told = Changes(path).Count(change => change.At >= due.ToUnixTimeMilliseconds());
        _during += told is > 0 and < StoriesOfALife ? 1 : 0;
    }

    private async Task SettleAllAsync(string path)
    {
        using var server = await ServerProcess.StartAsync(path, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        for (var attempt = 0; Changes(path).Count < _acknowledged.Count && attempt < 100; attempt++)
            await Task.Delay(100);

        DatabaseInvariants.AssertHold(path);
    }

    private static IReadOnlyList<Change> Changes(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return [.. connection.Query<Change>("select article_id as ArticleId, public_id as Id, at as At from change order by seq")];
    }

    private sealed record Change
    {
        public long ArticleId { get; init; }

        public string Id { get; init; } = string.Empty;

        public long At { get; init; }
    }
}
