using Galley.Tests.Durability.Disk;
using Galley.Tests.Durability.Traffic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Galley.Tests.Durability;

/// <summary>A disk that cannot be read for a while: that is over when the disk is well again.</summary>
public sealed class ReadFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Costs_no_reader_for_ever()
    {
        await using var faulty = await FaultyNewsroom.StartAsync();
        await PushAsync(faulty, "first");
        var fault = faulty.Disk.Fault = new Fault(FaultAt.Read, 1, Native.IoErrorRead, isLasting: true);
        for (var i = 0; i < 40; i++)
        {
            // What was written since makes a reader look at the file again.
            await PushAsync(faulty, $"story-{i}");
            await ListAsync(faulty);
        }

        faulty.Disk.Fault = null;

        Assert.True(fault.Strikes > 20, $"The disk failed {fault.Strikes} times.");
        for (var i = 0; i < 40; i++)
            Assert.Equal(200, (await ListAsync(faulty)).Status);
    }

    [Fact]
    public async Task Does_not_end_the_server_where_the_worker_meets_it()
    {
        await using var faulty = await FaultyNewsroom.StartAsync(isAwake: true);
        await PushAsync(faulty, "first");
        var lifetime = faulty.Newsroom.Services.GetRequiredService<IHostApplicationLifetime>();
        var fault = faulty.Disk.Fault = new Fault(FaultAt.Read, 1, Native.IoErrorRead, isLasting: true);
        await UntilAsync(async () =>
        {
            await PushAsync(faulty, Guid.NewGuid().ToString());
            return fault.Strikes > 2 || lifetime.ApplicationStopping.IsCancellationRequested;
        });
        faulty.Disk.Fault = null;

        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);
        await PushAsync(faulty, "scheduled", faulty.Clock.In(TimeSpan.FromMinutes(1)));
        faulty.Clock.Advance(TimeSpan.FromMinutes(2));
        await UntilAsync(async () =>
        {
            using var session = await faulty.Newsroom.Database.ReadAsync(CancellationToken.None);
            return await session.FindAsync<long>("select count(*) from transition") == 0;
        });
    }

    private static Task<Answer> ListAsync(FaultyNewsroom faulty) => faulty.Newsroom.SendAsync(HttpMethod.Get, "/v1/articles", null).WaitAsync(Patience);

    private static Task<Answer> PushAsync(FaultyNewsroom faulty, string externalId, string? publishedAt = null) => faulty.Newsroom.SendAsync(
        HttpMethod.Put,
        $"/v1/manage/sources/wire/articles/{externalId}",
        new { language = "en", status = "published", headline = externalId, body = new { text = "It happened." }, publishedAt }).WaitAsync(Patience);

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!await isSo())
            await Task.Delay(20, late.Token);
    }
}
