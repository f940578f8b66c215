using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Storage;

/// <summary>What is only tried shares a group with what is done, and leaves neither a gap nor a trace in it.</summary>
public sealed class RehearsalTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    // A table of which nobody reads but at the start.
    private const string Insert = "insert into secret (name, value) values (@name, x'00')";

    [Fact]
    public async Task Takes_no_number_touches_nothing_and_erases_nothing()
    {
        var (writer, generations) = (newsroom.Services.GetRequiredService<Writer>(), newsroom.Services.GetRequiredService<Generations>());
        var before = generations.No;
        using var isBusy = new ManualResetEventSlim();
        using var isGrouped = new ManualResetEventSlim();
        var first = writer.WriteAsync(_ =>
        {
            isBusy.Set();
            return new ValueTask<bool>(isGrouped.Wait(TimeSpan.FromSeconds(30)));
        });
        Assert.True(isBusy.Wait(TimeSpan.FromSeconds(30)));

        var written = new List<Task<(long Seq, long Id)>>();
        var rehearsed = new List<Task<(long Seq, long Id)>>();
        foreach (var name in Enumerable.Range(0, 5))
        {
            rehearsed.Add(writer.RehearseAsync(write => ChangeAsync(write, $"tried-{name}")));
            written.Add(writer.WriteAsync(write => ChangeAsync(write, $"done-{name}")));
        }

        isGrouped.Set();
        await first;

        var done = await Task.WhenAll(written);
        Assert.Equal(done, await Task.WhenAll(rehearsed));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => done[0].Seq + i), done.Select(each => each.Seq));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => done[0].Id + i), done.Select(each => each.Id));
        Assert.All(Enumerable.Range(0, 5), i => Assert.True(generations.Hold(new Dependencies($"tried-{i}"), before)));
        Assert.All(Enumerable.Range(0, 5), i => Assert.False(generations.Hold(new Dependencies($"done-{i}"), before)));
    }

    private static async ValueTask<(long Seq, long Id)> ChangeAsync(WriteSession write, string name)
    {
        var (seq, id) = (write.NextSeq(), write.NextId());
        await write.ExecuteAsync(Insert, new { name });
        write.Touched.Article(name);
        return (seq, id);
    }
}
