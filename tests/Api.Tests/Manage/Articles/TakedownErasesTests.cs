using System.Text;
using Galley.Tests.Durability;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>After a takedown no byte of the text is left in the database's files.</summary>
public sealed class TakedownErasesTests : IAsyncLifetime
{
    private const string Marker = "Zwetschgenprozess";

    private readonly Newsroom _newsroom = new();

    public Task InitializeAsync() => _newsroom.InitializeAsync();

    public Task DisposeAsync() => _newsroom.DisposeAsync();

    [Fact]
    public async Task Every_text_of_every_revision_from_all_files()
    {
        var id = await WriteAsync();
        await AroundAsync();
        Assert.NotEmpty(FilesWithMarker());
        Assert.NotEmpty(FilesWithWords());

        await _newsroom.Admin.TakeDownAsync(id).AnsweredAsync(200);

        // The answer is given before the log is emptied, which is the writer's next step: it is done before the next answer.
        await _newsroom.SettleAsync();
        Assert.Empty(FilesWithMarker());
        await SweepAsync();
        Assert.Empty(FilesWithWords());
        DatabaseInvariants.AssertHold(_newsroom.DatabasePath);
    }

    [Fact]
    public async Task What_a_reader_of_an_old_snapshot_kept_in_the_log_goes_with_a_later_write()
    {
        var id = await WriteAsync();
        using (await SnapshotAsync())
        {
            await _newsroom.Admin.TakeDownAsync(id).AnsweredAsync(200);
            await _newsroom.SettleAsync();
            Assert.NotEmpty(FilesWithMarker());
        }

        await WriteOnAsync(FilesWithMarker);

        Assert.Empty(FilesWithMarker());
    }

    [Fact]
    public async Task A_merge_that_was_under_way_carries_no_word_on()
    {
        for (var i = 0; i < 40; i++)
            await AroundAsync();
        var ids = new[] { await WriteAsync(), await WriteAsync() };
        await _newsroom.Admin.TakeDownAsync(ids[0]).AnsweredAsync(200);
        Assert.True(await _newsroom.KeepSearchAsync());
        await _newsroom.Admin.TakeDownAsync(ids[1]).AnsweredAsync(200);
        await AroundAsync();

        await SweepAsync();

        Assert.Empty(FilesWithWords());
        DatabaseInvariants.AssertHold(_newsroom.DatabasePath);
    }

    // The words of the text lie in the search index, each by itself, until that is swept in portions.
    private async Task SweepAsync()
    {
        while (await _newsroom.KeepSearchAsync())
        {
        }

        await _newsroom.SettleAsync();
        await WriteOnAsync(FilesWithWords);
    }

    // Whoever reads at the moment of a write, be it the server itself, puts it off to the one after it.
    private async Task WriteOnAsync(Func<List<string>> found)
    {
        for (var i = 0; i < 5 && found().Count > 0; i++)
        {
            await _newsroom.Admin.PushedAsync(Given.Article());
            await _newsroom.SettleAsync();
        }
    }

    // Revisions of many sizes, so that texts moved about in the file and out of pages that others have now.
    private async Task<string> WriteAsync()
    {
        var story = Given.Article().With("slug", Own.Word("disputed")).With("translationKey", Own.Word("key"));
        var id = string.Empty;
        for (var take = 0; take < 12; take++)
        {
            story.Headed($"{Marker} {take}").With("kicker", $"{Marker} kicker").Saying(string.Concat(Enumerable.Repeat($"{Marker} {take}. ", 1 + (take * 173 % 700))));
            id = (await _newsroom.Admin.PushedAsync(take % 3 == 2 ? story.AsDraft() : story.With("status", "published"))).Text("id");
            await AroundAsync();
        }

        await _newsroom.Admin.CorrectAsync(id, $"Not {Marker}.").AnsweredAsync(200);
        // The answer holds the whole story, and is kept for whoever asks again.
        var at = Json.Body(new { at = _newsroom.Clock.In(TimeSpan.FromHours(1)) });
        await _newsroom.Admin.SendAsync(HttpMethod.Post, $"/v1/manage/articles/{id}/publish", at, ("Idempotency-Key", Own.Word("key"))).AnsweredAsync(200);
        return id;
    }

    private async Task AroundAsync()
    {
        for (var i = 0; i < 5; i++)
            await _newsroom.Admin.PushedAsync(Given.Article().Saying(string.Concat(Enumerable.Repeat("Other words. ", 20 + (i * 200)))));
    }

    private async Task<IDisposable> SnapshotAsync()
    {
        var session = await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Galley.Storage.Database>(_newsroom.Services).SnapshotAsync(CancellationToken.None);
        await session.FindAsync<long>("select count(*) from article");
        return session;
    }

    private List<string> FilesWithMarker() => FilesWith(Marker);

    // As the index has it; neighbours in it share their beginnings.
    private List<string> FilesWithWords() => FilesWith(Marker.ToLowerInvariant()[5..]);

    private List<string> FilesWith(string text) =>
    [
        .. new[] { string.Empty, "-wal", "-shm" }.Select(end => _newsroom.DatabasePath + end)
            .Where(file => Read(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
            .Select(file => Path.GetFileName(file)),
    ];

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
