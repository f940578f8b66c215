using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>A sender is told everything that is wrong in one answer.</summary>
public sealed class PushRefusesAllAtOnceTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Faults_of_every_kind_stand_in_one_list()
    {
        const string Json = """
            {"status": "publish", "headline": 7, "section": "no-such-section", "tags": ["place:no-such-place", "planet:mars", {"kind": "person"}],
             "contributors": [{"name": "No Such Contributor"}], "urgency": 12, "publishedAt": "tomorrow", "sectoin": "sport", "related": [{"id": "x"}],
             "language": "en", "id": "5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11", "body": {"blocks": [{"type": "heading", "text": "a\u0000", "level": 1}]}}
            """;

        var problem = await newsroom.Admin.PutAsync("/v1/manage/sources/wire/articles/all", Support.Json.Raw(Json)).ProblemAsync(422, "validation-failed");

        Assert.Equal(
            [
                "/body/blocks/0/level out-of-range", "/body/blocks/0/text bad-character", "/contributors/0 unknown-tag", "/headline wrong-type", "/id read-only", "/publishedAt invalid-instant",
                "/related/0/id invalid-value", "/section unknown-section", "/sectoin unknown-member", "/status invalid-value", "/tags/0 unknown-tag", "/tags/1 invalid-value", "/tags/2 required",
                "/urgency out-of-range",
            ],
            problem.Errors());
        Assert.False(problem.Has("errorsTruncated"));
    }

    [Fact]
    public async Task An_unknown_tag_is_found_beside_a_faulty_one_whose_number_begins_alike()
    {
        var tags = Enumerable.Range(0, 11).Select(i => i == 10 ? (object)new { kind = "planet", slug = "mars" } : $"keyword:unknown-{i}");

        var problem = await newsroom.Admin.PushAsync(Given.Article().With("tags", tags), query: string.Empty).ProblemAsync(422, "validation-failed");

        Assert.Equal(11, problem.Errors().Count);
        Assert.Contains("/tags/1 unknown-tag", problem.Errors());
    }

    [Fact]
    public async Task An_unknown_section_is_found_beside_a_member_whose_name_begins_alike()
    {
        var problem = await newsroom.Admin.PushAsync(Given.Article().In("no-such-section").With("sections", "a"), query: string.Empty).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/section unknown-section", "/sections unknown-member"], problem.Errors());
    }

    [Fact]
    public async Task A_translation_that_is_taken_is_found_beside_other_faults()
    {
        var key = Own.Word("key");
        await newsroom.Admin.PushedAsync(Given.Article().With("translationKey", key));

        var problem = await newsroom.Admin.PushAsync(Given.Article().With("translationKey", key).With("urgency", 0)).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/translationKey translation-taken", "/urgency out-of-range"], problem.Errors());
    }

    [Fact]
    public async Task Paths_and_slugs_that_nobody_knows_are_found_even_where_the_language_cannot_be_read()
    {
        var story = Given.Article().Written("no_language").In("no-such-section").Tagged("place:no-such-place");

        var problem = await newsroom.Admin.PushAsync(story, query: string.Empty).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/language invalid-language", "/section unknown-section", "/tags/0 unknown-tag"], problem.Errors());
    }

    [Fact]
    public async Task A_hundred_faults_are_listed_and_more_are_said_to_exist()
    {
        var hundred = await newsroom.Admin.PushAsync(With(100)).ProblemAsync(422, "validation-failed");
        var more = await newsroom.Admin.PushAsync(With(101)).ProblemAsync(422, "validation-failed");
        var thousands = await newsroom.Admin.PushAsync(With(3_000)).ProblemAsync(422, "validation-failed");

        Assert.Equal(100, hundred.GetProperty("errors").GetArrayLength());
        Assert.False(hundred.Has("errorsTruncated"));
        Assert.All([more, thousands], problem =>
        {
            Assert.Equal(100, problem.GetProperty("errors").GetArrayLength());
            Assert.True(problem.Flag("errorsTruncated"));
        });

        static Given With(int faults) => Given.Article().With("body", new { blocks = Enumerable.Repeat(new { type = "paragraph" }, faults) });
    }

    [Fact]
    public async Task A_hundred_unknown_members_are_listed_and_more_are_said_to_exist()
    {
        var story = Given.Article();
        for (var i = 0; i < 150; i++)
            story.With($"unknown{i:000}", i);

        var problem = await newsroom.Admin.PushAsync(story).ProblemAsync(422, "validation-failed");

        Assert.Equal(100, problem.GetProperty("errors").GetArrayLength());
        Assert.True(problem.Flag("errorsTruncated"));
    }

    [Fact]
    public async Task Nothing_of_a_refused_article_is_stored()
    {
        var story = Given.Article().In(Own.Section()).Tagged(Own.Tag()).With("urgency", 0);

        await newsroom.Admin.PushAsync(story).ProblemAsync(422, "validation-failed");

        await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}").ProblemAsync(404, "not-found");
    }
}
