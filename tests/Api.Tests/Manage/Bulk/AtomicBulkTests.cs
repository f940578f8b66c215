using System.Text.Json;
using Galley.Http;
using Galley.Storage;
using Galley.Tests.Keys.Matrix;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Manage.Bulk;

/// <summary>With <c>mode=atomic</c> all lines are stored, or none.</summary>
public sealed class AtomicBulkTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Atomic = "?mode=atomic";

    [Fact]
    public async Task Good_lines_are_carried_out_in_order_and_in_one_commit()
    {
        var (story, draft, live) = (Given.Article(), Given.Article().AsDraft(), Given.Article());
        await newsroom.Admin.PushedAsync(live);
        var commits = newsroom.Services.GetRequiredService<Commits>();
        var before = commits.No;

        var outcome = await newsroom.Admin.BulkAsync(
            BulkRequests.Body(
                BulkRequests.Put(story), BulkRequests.Put(draft), BulkRequests.Put(story.Headed("Another headline")), BulkRequests.Delete(draft.ExternalId), BulkRequests.Unpublish(live.ExternalId),
                BulkRequests.Delete("nobody-knows"), BulkRequests.Put(story.Headed("Another headline"))),
            Atomic);

        Assert.Equal(["1 201 created", "2 201 created", "3 200 updated", "4 204 deleted", "5 200 updated", "6 200 unchanged", "7 200 unchanged"], outcome.Told);
        Assert.Equal("""{"end":true,"lines":7,"created":2,"updated":2,"unchanged":2,"deleted":1,"failed":0}""", outcome.End?.GetRawText());
        Assert.Equal(before + 1, commits.No);
        Assert.Equal("Another headline", (await newsroom.Admin.GetJsonAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}")).Text("headline"));
        Assert.Equal("Another headline", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{outcome.Results[0].Text("id")}")).Text("headline"));
    }

    [Fact]
    public async Task One_that_fails_at_the_last_line_leaves_nothing()
    {
        var (live, section) = (Given.Article(), Own.Section());
        await newsroom.Admin.PushedAsync(live);
        var lines = Enumerable.Range(0, 100).Select(_ => BulkRequests.Put(Given.Article().In(section).Tagged(Own.Tag())))
            .Append(BulkRequests.Delete(live.ExternalId))
            // Only the writer can know.
            .Append(BulkRequests.Put(Given.Article().With("translationKey", "one").AsDraft()))
            .Append(BulkRequests.Put(Given.Article().With("translationKey", "one").AsDraft())).ToArray();
        using var tables = new TableHash(newsroom.DatabasePath);
        var before = (tables.Now(), newsroom.Services.GetRequiredService<Commits>().No);

        var outcome = await newsroom.Admin.BulkAsync(BulkRequests.Body(lines), $"{Atomic}&createMissing=sections,tags");

        Assert.Equal(before, (tables.Now(), newsroom.Services.GetRequiredService<Commits>().No));
        Assert.Equal("103 422 validation-failed", $"{outcome.Results[^1].Number("line")} {outcome.Results[^1].Number("status")} {outcome.Results[^1].GetProperty("problem").Text("code")}");
        Assert.Equal(Enumerable.Range(1, 102).Select(line => $$"""{"line":{{line}},"status":424}"""), outcome.Results.Take(102).Select(result => result.GetRawText()));
        Assert.Equal("""{"end":true,"lines":103,"created":0,"updated":0,"unchanged":0,"deleted":0,"failed":103}""", outcome.End?.GetRawText());
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{(await newsroom.Admin.GetJsonAsync($"/v1/manage/sources/wire/articles/{live.ExternalId}")).Text("id")}").StatusAsync());
    }

    [Fact]
    public async Task All_bad_lines_are_told_of_at_once_whoever_finds_what_is_wrong()
    {
        var live = Given.Article();
        await newsroom.Admin.PushedAsync(live);
        var good = JsonSerializer.Serialize(BulkRequests.Put(Given.Article()), Json.Options);
        var conflict = JsonSerializer.Serialize(BulkRequests.Put(live.With("embargoedUntil", newsroom.Clock.In(TimeSpan.FromDays(1)))), Json.Options);

        var outcome = await newsroom.Admin.BulkAsync(BulkRequests.Raw($"{good}\nnot json\n{{}}\n\n{conflict}\n{new string('x', LineReader.MaxLine + 1)}\n{good}\n"), Atomic);

        Assert.Equal([424, 400, 422, 409, 413, 424], outcome.Results.Select(result => (int)result.Number("status")));
        Assert.Equal([1, 2, 3, 5, 6, 7], outcome.Results.Select(result => (int)result.Number("line")));
        Assert.Equal(6, outcome.End?.Number("failed"));
    }

    [Fact]
    public async Task Each_line_is_authorised_by_itself_and_one_that_may_not_keeps_all_others_out()
    {
        var story = Given.Article().AsDraft();
        using var writer = await newsroom.ClientMayAsync("content:write");

        var outcome = await writer.BulkAsync(BulkRequests.Body(BulkRequests.Put(story), BulkRequests.Put(Given.Article())), Atomic);

        Assert.Equal([424, 403], outcome.Results.Select(result => (int)result.Number("status")));
        Assert.Equal(404, await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}").StatusAsync());
    }

    [Fact]
    public async Task A_thousand_lines_are_taken_and_one_more_is_not()
    {
        var first = Given.Article().AsDraft();
        var lines = Enumerable.Range(0, 999).Select(_ => BulkRequests.Delete("nobody-knows")).Prepend(BulkRequests.Put(first)).ToList();

        await newsroom.Admin.PostAsync($"{BulkRequests.Address}{Atomic}", BulkRequests.Body([.. lines, BulkRequests.Delete("nobody-knows")])).ProblemAsync(413, "too-large");
        Assert.Equal(404, await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{first.ExternalId}").StatusAsync());

        Assert.Equal(1_000, (await newsroom.Admin.BulkAsync(BulkRequests.Body([.. lines]), Atomic)).End?.Number("lines"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sixteen_mebibytes_are_taken_and_one_byte_more_is_not(bool isChunked)
    {
        var story = Given.Article().AsDraft();
        var line = JsonSerializer.Serialize(BulkRequests.Put(story), Json.Options);
        var most = string.Concat(Enumerable.Repeat(line.PadRight((1024 * 1024) - 1) + "\n", 16));

        await newsroom.Admin.SendAsync(Request(" " + most, isChunked)).ProblemAsync(413, "too-large");
        Assert.Equal(404, await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}").StatusAsync());

        var outcome = BulkOutcome.Read(await (await newsroom.Admin.SendAsync(Request(most, isChunked))).Content.ReadAsStringAsync());
        Assert.Equal((1, 15), (outcome.End?.Number("created"), outcome.End?.Number("unchanged")));
    }

    [Fact]
    public async Task A_mode_that_there_is_not_is_refused()
    {
        var problem = await newsroom.Admin.PostAsync($"{BulkRequests.Address}?mode=atomc", BulkRequests.Body(BulkRequests.Delete("a"))).ProblemAsync(400, "invalid-parameter");

        Assert.Equal("atomic", problem.GetProperty("errors")[0].Text("suggestion"));
        Assert.Equal(["1 200 unchanged"], (await newsroom.Admin.BulkAsync(BulkRequests.Body(BulkRequests.Delete("nobody-knows")), "?mode=each")).Told);
    }

    [Theory]
    [InlineData("?dryRun=true")]
    [InlineData("?dryRun=true&mode=atomic")]
    public async Task A_dry_run_judges_each_line_as_the_database_is_and_writes_nothing(string query)
    {
        var (fresh, live) = (Given.Article().Tagged(Own.Tag()), Given.Article());
        await newsroom.Admin.PushedAsync(live);
        object[] lines = [BulkRequests.Put(fresh), BulkRequests.Put(fresh), BulkRequests.Delete(fresh.ExternalId), BulkRequests.Delete(live.ExternalId), BulkRequests.Put(live)];
        using var tables = new TableHash(newsroom.DatabasePath);
        var before = (tables.Now(), newsroom.Services.GetRequiredService<Commits>().No);

        var outcome = await newsroom.Admin.BulkAsync(BulkRequests.Body(lines), $"{query}&createMissing=sections,tags");

        Assert.Equal(before, (tables.Now(), newsroom.Services.GetRequiredService<Commits>().No));
        Assert.Equal(["1 201 created", "2 201 created", "3 200 unchanged", "4 204 deleted", "5 200 unchanged"], outcome.Told);
    }

    [Fact]
    public async Task A_dry_run_with_a_bad_line_tells_what_the_request_itself_would()
    {
        var outcome = await newsroom.Admin.BulkAsync(BulkRequests.Body(BulkRequests.Put(Given.Article()), BulkRequests.Put(Given.Article().With("headline", 5))), $"{Atomic}&dryRun=true");

        Assert.Equal([424, 422], outcome.Results.Select(result => (int)result.Number("status")));
    }

    private static HttpRequestMessage Request(string body, bool isChunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{BulkRequests.Address}{Atomic}") { Content = BulkRequests.Raw(body) };
        request.Headers.TransferEncodingChunked = isChunked;
        return request;
    }
}
