using System.Text;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Bulk;

/// <summary>Many articles in one request: each line is judged and told as a request of its own would be.</summary>
public sealed class PushArticlesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Each_line_is_carried_out_and_told_in_order()
    {
        var (first, second, gone) = (Given.Article(), Given.Article(), Given.Article());
        await newsroom.Admin.PushedAsync(second);
        await newsroom.Admin.PushedAsync(gone);

        var outcome = await newsroom.Admin.BulkAsync(
            BulkRequests.Put(first), BulkRequests.Put(second), BulkRequests.Put(second.Headed("Another")), BulkRequests.Put(Given.Article().Without("language")),
            BulkRequests.Unpublish(first.ExternalId), BulkRequests.Delete(gone.ExternalId));

        Assert.Equal(["1 201 created", "2 200 unchanged", "3 200 updated", "4 422 validation-failed", "5 200 updated", "6 204 deleted"], outcome.Told);
        Assert.Equal("""{"end":true,"lines":6,"created":1,"updated":2,"unchanged":1,"deleted":1,"failed":1}""", outcome.End?.GetRawText());
        var stored = await newsroom.Admin.GetJsonAsync($"/v1/manage/sources/wire/articles/{first.ExternalId}");
        Assert.Equal((outcome.Results[0].Text("id"), "unpublished"), (stored.Text("id"), stored.Text("state")));
        Assert.Equal(["line", "externalId", "status", "outcome", "id", "version", "revision", "warnings"], outcome.Results[0].Members());
        Assert.Equal((1, 1), (outcome.Results[0].Number("version"), outcome.Results[0].Number("revision")));
        Assert.Equal((2, 2), (outcome.Results[2].Number("version"), outcome.Results[2].Number("revision")));
        Assert.Equal(404, await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{gone.ExternalId}").StatusAsync());
    }

    [Fact]
    public async Task Sent_again_everything_is_unchanged()
    {
        var (story, withdrawn) = (Given.Article(), Given.Article().AsDraft());
        object[] lines = [BulkRequests.Put(story), BulkRequests.Put(withdrawn), BulkRequests.Unpublish(withdrawn.ExternalId), BulkRequests.Unpublish("nobody-knows"), BulkRequests.Delete("nobody-knows")];
        Assert.Equal(["1 201 created", "2 201 created", "3 200 unchanged", "4 200 unchanged", "5 200 unchanged"], (await newsroom.Admin.BulkAsync(lines)).Told);

        var again = await newsroom.Admin.BulkAsync(lines);

        Assert.All(again.Told, told => Assert.EndsWith(" 200 unchanged", told, StringComparison.Ordinal));
        Assert.Equal(["line", "externalId", "status", "outcome"], again.Results[4].Members());
    }

    [Fact]
    public async Task What_is_wrong_with_an_article_is_told_as_a_push_of_it_tells()
    {
        var bad = Given.Article().With("headline", new string('x', 501)).With("sectoin", "world").With("tags", new[] { "place:nowhere-at-all", "?" })
            .With("section", "nowhere/at/all").With("translationKey", " ").With("body", new { blocks = new[] { new { type = "paragraph", text = "a\u0001" } } }).With("id", "mine");
        var pushed = await newsroom.Admin.PushAsync(bad, query: string.Empty).ProblemAsync(422, "validation-failed");

        var told = Assert.Single((await newsroom.Admin.BulkAsync(BulkRequests.Put(bad))).Results).GetProperty("problem");

        Assert.Equal(pushed.GetProperty("errors").GetRawText(), told.GetProperty("errors").GetRawText());
        Assert.True(told.GetProperty("errors").GetArrayLength() >= 6);
    }

    [Fact]
    public async Task A_conflict_and_a_warning_are_told_as_a_push_tells_them()
    {
        var live = Given.Article();
        await newsroom.Admin.PushedAsync(live);

        var outcome = await newsroom.Admin.BulkAsync(
            BulkRequests.Put(live.With("embargoedUntil", newsroom.Clock.In(TimeSpan.FromDays(1)))),
            BulkRequests.Put(Given.Article().With("body", new { html = "<p>a</p><script>b</script>" })));

        Assert.Equal(["1 409 state-conflict", "2 201 created"], outcome.Told);
        Assert.Equal("live", outcome.Results[0].GetProperty("problem").Text("state"));
        Assert.Contains("/body/html dropped-element", outcome.Results[1].Warnings());
    }

    [Theory]
    [InlineData("""{"source":"wire"}""", "externalId required", "article required")]
    [InlineData("""{"source":"Wire","externalId":"","article":{"language":"en"}}""", "externalId invalid-value", "source invalid-value")]
    [InlineData("""{"op":"dele","source":"wire","externalId":"a"}""", "op invalid-value")]
    [InlineData("""{"op":"delete","source":"wire","externalId":"a","article":{}}""", "article unknown-member")]
    [InlineData("""{"op":"delete","source":"wire","externalId":"a","reason":"b"}""", "reason unknown-member")]
    [InlineData("""{"sorce":"wire","externalId":"a","article":{"language":"en","headline":5}}""", "sorce unknown-member", "source required", "/headline wrong-type")]
    [InlineData("""{"source":"wire","externalId":"a","article":[]}""", " wrong-type")]
    [InlineData("[]", " wrong-type")]
    [InlineData("7", " wrong-type")]
    public async Task What_stands_around_an_article_is_named_like_a_parameter(string line, params string[] errors)
    {
        var told = Assert.Single((await newsroom.Admin.BulkAsync(BulkRequests.Raw(line))).Results);

        Assert.Equal(422, told.Number("status"));
        Assert.Equal(errors, told.GetProperty("problem").Errors());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"source":"wire","source":"wire","externalId":"a","article":{}}""")]
    [InlineData("""{"source":"wire","externalId":"a","article":{"language":"en","language":"fr"}}""")]
    [InlineData("{\"source\":\"wire\",\"externalId\":\"a")]
    [InlineData("{}{}")]
    public async Task A_line_that_is_not_json_harms_no_other(string line)
    {
        var (before, after) = (Given.Article(), Given.Article());

        var outcome = await newsroom.Admin.BulkAsync(BulkRequests.Raw($"{JsonSerializer.Serialize(BulkRequests.Put(before))}\n{line}\n{JsonSerializer.Serialize(BulkRequests.Put(after))}"));

        Assert.Equal(["1 201 created", "2 400 invalid-json", "3 201 created"], outcome.Told);
        Assert.Equal(2, outcome.Results[1].GetProperty("problem").Number("line"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_told_of_their_line()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("""{"source":"wire","externalId":"x"""), 0xFF, 0xC0, .. Encoding.UTF8.GetBytes("\"}\n{}\n")];

        Assert.Equal(["1 400 invalid-json", "2 422 validation-failed"], (await newsroom.Admin.BulkAsync(BulkRequests.Raw(bytes))).Told);
    }

    [Fact]
    public async Task Empty_lines_are_skipped_and_counted_in_the_numbers()
    {
        var story = JsonSerializer.Serialize(BulkRequests.Put(Given.Article()));

        var outcome = await newsroom.Admin.BulkAsync(BulkRequests.Raw($"\n \t\r\n{story}\r\n\n{story}\n\n"));

        Assert.Equal(["3 201 created", "5 200 unchanged"], outcome.Told);
        Assert.Equal(2, outcome.End?.Number("lines"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task No_lines_have_a_last_line_too(string body)
    {
        await using var bulk = new LiveBulk(newsroom);
        bulk.SendRaw(body);
        bulk.End();

        Assert.Equal("""{"end":true,"lines":0,"created":0,"updated":0,"unchanged":0,"deleted":0,"failed":0}""", (await bulk.ReadAsync())?.GetRawText());
    }

    [Fact]
    public async Task A_file_may_begin_with_a_byte_order_mark_and_end_its_lines_as_windows_does()
    {
        var (first, last) = (JsonSerializer.Serialize(BulkRequests.Put(Given.Article())), JsonSerializer.Serialize(BulkRequests.Put(Given.Article())));

        Assert.Equal(["1 201 created", "3 201 created"], (await newsroom.Admin.BulkAsync(BulkRequests.Raw($"\uFEFF{first}\r\n\r\n{last}\r\n"))).Told);
    }

    [Fact]
    public async Task Of_two_lines_for_one_article_the_later_one_wins_wherever_they_stand()
    {
        var story = Given.Article();
        var lines = Enumerable.Range(0, 200).Select(i => BulkRequests.Put(story.Headed($"Headline {i}"))).ToArray();

        var outcome = await newsroom.Admin.BulkAsync(lines);

        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), outcome.Results.Select(result => result.Number("revision")));
        Assert.Equal("Headline 199", (await newsroom.Admin.GetJsonAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}")).Text("headline"));
    }

    [Fact]
    public async Task Sections_and_tags_are_made_only_where_that_is_asked_for_by_who_may()
    {
        var (section, tag) = (Own.Section(), Own.Tag());
        var line = BulkRequests.Put(Given.Article().In(section).Tagged(tag));
        using var writer = await newsroom.ClientMayAsync("content:write", "content:publish");

        Assert.Equal(["1 422 validation-failed"], (await newsroom.Admin.BulkAsync(line)).Told);
        Assert.Equal(["1 422 validation-failed"], (await writer.BulkAsync(BulkRequests.Body(line), "?createMissing=sections,tags")).Told);
        Assert.Equal(["1 201 created"], (await newsroom.Admin.BulkAsync(BulkRequests.Body(line), "?createMissing=sections,tags")).Told);
        Assert.Equal(["1 200 unchanged"], (await writer.BulkAsync(BulkRequests.Body(line), "?createMissing=sections,tags")).Told);
    }

    [Fact]
    public async Task Each_line_needs_the_scope_of_what_it_does()
    {
        var (live, draft) = (Given.Article(), Given.Article().AsDraft());
        await newsroom.Admin.PushedAsync(live);
        object[] lines = [BulkRequests.Put(Given.Article()), BulkRequests.Put(draft), BulkRequests.Unpublish(live.ExternalId), BulkRequests.Delete(live.ExternalId)];
        using var writer = await newsroom.ClientMayAsync("content:write");
        using var publisher = await newsroom.ClientMayAsync("content:publish");

        Assert.Equal(["1 403 insufficient-scope", "2 201 created", "3 403 insufficient-scope", "4 403 insufficient-scope"], (await writer.BulkAsync(lines)).Told);
        Assert.Equal(["1 403 insufficient-scope", "2 403 insufficient-scope", "3 200 updated", "4 204 deleted"], (await publisher.BulkAsync(lines)).Told);
        using var reader = await newsroom.ClientMayAsync("drafts:read");
        await reader.PostAsync(BulkRequests.Address, BulkRequests.Body(lines)).ProblemAsync(403, "insufficient-scope");
        await newsroom.Reader.PostAsync(BulkRequests.Address, BulkRequests.Body(lines)).ProblemAsync(401, "missing-credentials");
    }

    [Fact]
    public async Task Each_line_keeps_to_the_limits_of_the_key()
    {
        var (sport, news) = (Own.Section(), Own.Section());
        var elsewhere = Given.Article().In(news);
        await newsroom.Admin.PushedAsync(elsewhere);
        await newsroom.Admin.PushedAsync(Given.Article().In(sport));
        var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new
        {
            scopes = new[] { "content:write", "content:publish" },
            limits = new { sources = new[] { "wire" }, sections = new[] { sport }, languages = new[] { "en" } },
        })).AnsweredAsync(201);
        using var limited = newsroom.Client(made.Text("key"));

        var outcome = await limited.BulkAsync(
            BulkRequests.Put(Given.Article().In(sport)),
            BulkRequests.Put(Given.Article().In(sport), source: "another"),
            BulkRequests.Put(Given.Article().In(news)),
            BulkRequests.Put(Given.Article()),
            BulkRequests.Put(Given.Article().In(sport).Written("fr")),
            BulkRequests.Put(elsewhere),
            BulkRequests.Unpublish(elsewhere.ExternalId),
            BulkRequests.Delete(elsewhere.ExternalId));

        Assert.Equal(
            [
                "1 201 created", "2 403 outside-constraint", "3 403 outside-constraint", "4 403 outside-constraint", "5 403 outside-constraint",
                // What is there and outside is not there.
                "6 404 not-found", "7 200 unchanged", "8 200 unchanged",
            ],
            outcome.Told);
        Assert.Equal("live", (await newsroom.Admin.GetJsonAsync($"/v1/manage/sources/wire/articles/{elsewhere.ExternalId}")).Text("state"));
    }

    [Fact]
    public async Task What_was_taken_down_stays_so()
    {
        var story = Given.Article();
        await newsroom.Admin.TakeDownAsync((await newsroom.Admin.PushedAsync(story)).Text("id")).AnsweredAsync(200);

        var outcome = await newsroom.Admin.BulkAsync(BulkRequests.Put(story), BulkRequests.Unpublish(story.ExternalId), BulkRequests.Delete(story.ExternalId));

        Assert.Equal(["1 409 taken-down", "2 409 taken-down", "3 409 taken-down"], outcome.Told);
    }

    [Fact]
    public async Task An_export_can_be_sent_as_it_is()
    {
        await using var own = await OwnNewsroom.OpenAsync();
        var (story, withdrawn) = (Given.Article(), Given.Article());
        await own.Admin.PushedAsync(story);
        await own.Admin.UnpublishAsync((await own.Admin.PushedAsync(withdrawn)).Text("id")).AnsweredAsync(200);
        var lines = (await own.Admin.GetStringAsync("/v1/manage/export")).Split('\n')[..^2];
        await using var other = await OwnNewsroom.OpenAsync();

        var outcome = await other.Admin.BulkAsync(BulkRequests.Raw(string.Join('\n', lines)), "?createMissing=sections,tags");

        Assert.Equal(["1 201 created", "2 201 created", "3 200 unchanged"], outcome.Told);
    }
}
