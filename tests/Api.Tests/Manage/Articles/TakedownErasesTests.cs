using System.Buffers.Binary;
using System.Text;
using Galley.Tests.Durability;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>After a takedown nothing of the text is left in the database's files.</summary>
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

        await UntilGoneAsync();
        await SweepAsync();
        Assert.Empty(FilesWithWords());
        DatabaseInvariants.AssertHold(_newsroom.DatabasePath);
    }

    [Fact]
    public async Task What_a_reader_of_an_old_snapshot_kept_in_the_log_goes_soon_after_it_has_read_without_another_write()
    {
        var id = await WriteAsync();
        using (await SnapshotAsync())
        {
            await _newsroom.Admin.TakeDownAsync(id).AnsweredAsync(200);
            await _newsroom.SettleAsync();
            Assert.NotEmpty(FilesWithMarker());
        }

        await UntilGoneAsync();
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

    // The answer is given before the log is emptied, which is the writer's next step; whoever reads at that moment, be it the server itself, puts it off for a second.
    private async Task UntilGoneAsync()
    {
        for (var i = 0; i < 100 && FilesWithMarker().Count > 0; i++)
            await Task.Delay(100);
        Assert.Empty(FilesWithMarker());
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
        using var bytes = new MemoryStream();
        // The log may be emptied meanwhile.
        stream.CopyTo(bytes);
        return file.EndsWith(".db", StringComparison.Ordinal) ? WithoutGaps(bytes.ToArray()) : bytes.ToArray();
    }

    // Where rows were moved to a sibling page, the engine leaves the old bytes between the pointers to a page's cells and the first cell, where nothing reads them (https://sqlite.org/fileformat.html#b_tree_pages).
    private static byte[] WithoutGaps(byte[] file)
    {
        const int PageSize = 4096;
        for (var at = 0; at + PageSize <= file.Length; at += PageSize)
        {
            var page = file.AsSpan(at, PageSize);
            var head = page[(at == 0 ? 100 : 0)..];
            var length = head[0] switch { 2 or 5 => 12, 10 or 13 => 8, _ => 0 };
            if (length == 0)
                continue;

            var begin = (at == 0 ? 100 : 0) + length + (2 * BinaryPrimitives.ReadUInt16BigEndian(head[3..]));
            page[begin..BinaryPrimitives.ReadUInt16BigEndian(head[5..])].Clear();
        }

        return file;
    }
}
