using Galley.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Durability;

/// <summary>The writer keeps the operations of a group apart.</summary>
public sealed class WriterTests
{
    private const string Insert = "insert into source (id, slug) values (@id, @slug)";

    [Theory]
    [InlineData("no statement at all")]
    [InlineData("insert into source (id, slug) values (1, zeroblob(2000000000))")]
    [InlineData("insert into article_key (source_id, external_id, article_id) values (4711, 'x', 4711)")]
    [InlineData("rollback")]
    public async Task Fails_only_the_operation_that_is_at_fault(string statement)
    {
        await using var faulty = await FaultyNewsroom.StartAsync();
        var writer = faulty.Newsroom.Services.GetRequiredService<Writer>();
        using var isBusy = new ManualResetEventSlim();
        using var isGrouped = new ManualResetEventSlim();
        var first = writer.WriteAsync(_ =>
        {
            isBusy.Set();
            return new ValueTask<bool>(isGrouped.Wait(TimeSpan.FromSeconds(30)));
        });
        Assert.True(isBusy.Wait(TimeSpan.FromSeconds(30)));

        var bad = writer.WriteAsync(write => write.ExecuteAsync(statement));
        var good = Enumerable.Range(0, 3).Select(i => writer.WriteAsync(write => write.ExecuteAsync(Insert, new { id = write.NextId(), slug = $"good-{i}" }))).ToList();
        isGrouped.Set();

        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.All(await Task.WhenAll(good), changed => Assert.Equal(1, changed));
        Assert.True(await first);
        using var session = await faulty.Newsroom.Database.ReadAsync(CancellationToken.None);
        Assert.Equal(3, await session.FindAsync<long>("select count(*) from source where slug like 'good-%'"));
        DatabaseInvariants.AssertHold(faulty.Newsroom.Path);
    }
}
