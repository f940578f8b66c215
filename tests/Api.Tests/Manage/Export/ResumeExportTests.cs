using System.Text;
using System.Text.Json;
using Galley.Tests.Manage.Bulk;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Export;

/// <summary>An export that was cut anywhere goes on as if it had not been, and the changes follow it without a gap.</summary>
public sealed class ResumeExportTests : IClassFixture<ResumeExportTests.Archive>
{
    private const string Address = "/v1/manage/export";
    private const string CursorLine = "{\"cursor\":\"";

    private readonly Archive _archive;

    public ResumeExportTests(Archive archive) => _archive = archive;

    [Fact]
    public async Task Cut_at_any_line_or_within_one_it_goes_on_with_the_same_result()
    {
        var whole = await _archive.Admin.GetByteArrayAsync(Address);
        var lines = Encoding.UTF8.GetString(whole).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Count(IsCursor));

        for (var cut = 0; cut < lines.Length; cut++)
        {
            // Every line without its end, and sometimes only half of it.
            var come = string.Join('\n', lines[..cut]) + (cut % 3 == 0 ? lines[cut][..(lines[cut].Length / 2)] : "\n");
            var last = come.LastIndexOf($"\n{CursorLine}", StringComparison.Ordinal) is var at and > 0 && come.IndexOf('\n', at + 1) is var end and > 0 ? come[..(end + 1)] : string.Empty;
            // Where it begins anew nothing is new to be seen.
            if (last.Length == 0 && cut > 5)
                continue;

            var cursor = last.Length == 0 ? null : JsonElement.Parse(last.TrimEnd('\n').Split('\n')[^1]).Text("cursor");
            var onward = await _archive.Admin.GetStringAsync(cursor is null ? Address : $"{Address}?cursor={cursor}");

            Assert.Equal(whole, Encoding.UTF8.GetBytes(last + onward));
        }
    }

    [Fact]
    public async Task The_changes_follow_it_without_a_gap_also_what_was_written_while_it_was_read()
    {
        var until = await _archive.Admin.GetStringAsync(Address);
        var cursor = JsonElement.Parse(until.Split('\n').First(IsCursor)).Text("cursor");
        var changed = _archive.Stories[3];
        await _archive.Admin.PushedAsync(changed.Headed("Changed when it had been read already"));
        var onward = await _archive.Admin.GetStringAsync($"{Address}?cursor={cursor}");
        var since = JsonElement.Parse(onward.TrimEnd('\n').Split('\n')[^1]).Text("next");
        var made = await _archive.Admin.PushedAsync(Given.Article());
        Assert.Equal(204, await _archive.Admin.DeleteArticleAsync(made.Text("id")).StatusAsync());

        var changes = await _archive.Reader.GetJsonAsync($"/v1/changes?since={since}&fields=headline");

        Assert.True(changes.GetProperty("upToDate").GetBoolean());
        Assert.Equal(["upsert Changed when it had been read already", $"delete {made.Text("id")}"],
            changes.Data().Select(change => $"{change.Text("op")} {(change.Has("article") ? change.GetProperty("article").Text("headline") : change.Text("id"))}"));
    }

    [Fact]
    public async Task What_is_published_by_the_clock_afterwards_follows_too()
    {
        await using var own = await OwnNewsroom.OpenAsync();
        var story = Given.Article().With("publishedAt", own.Clock.In(TimeSpan.FromHours(1)));
        var id = (await own.Admin.PushedAsync(story)).Text("id");
        var since = JsonElement.Parse((await own.Admin.GetStringAsync(Address)).TrimEnd('\n').Split('\n')[^1]).Text("next");
        own.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal([id], (await own.Reader.GetJsonAsync($"/v1/changes?since={since}")).Ids());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cursor_that_is_none_is_refused(string cursor)
    {
        var problem = await _archive.Admin.GetAsync($"{Address}?cursor={cursor}").AnsweredAsync(400);

        Assert.Equal("invalid-cursor", problem.Text("code"));
    }

    private static bool IsCursor(string line) => line.StartsWith(CursorLine, StringComparison.Ordinal);

    /// <summary>As many articles as it takes for two places to go on from.</summary>
    public sealed class Archive : Newsroom, IAsyncLifetime
    {
        public IReadOnlyList<Given> Stories { get; } = [.. Enumerable.Range(0, 430).Select(_ => Given.Article())];

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Admin.BulkAsync([.. Stories.Select(story => BulkRequests.Put(story))]);
        }
    }
}
