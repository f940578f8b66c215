using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Manage.Articles;

/// <summary>A push that changes nothing says so, and moves nothing.</summary>
public sealed class PushUnchangedTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Commits_nothing_and_tells_nobody()
    {
        var story = Rich.Article(newsroom.Clock);
        await newsroom.Admin.PushedAsync(story);
        var before = await StateAsync();

        await newsroom.Admin.PushedAsync(story);

        Assert.Equal(before, await StateAsync());
    }

    // Every commit counts itself, so no table can have changed without it.
    private async Task<IReadOnlyList<long>> StateAsync()
    {
        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        return await session.ListAsync<long>("select value from counter where name in ('commit_no', 'seq', 'id') union all select count(*) from change");
    }

    [Fact]
    public async Task Moves_neither_revision_nor_tag_nor_any_instant()
    {
        var story = Given.Article();
        var first = await newsroom.Admin.PushedAsync(story);
        var seen = await newsroom.Reader.GetAsync($"/v1/articles/{first.Text("id")}");

        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        var response = await newsroom.Admin.PushAsync(story);

        var again = await Task.FromResult(response).AnsweredAsync(200);
        Assert.Equal("unchanged", again.Text("outcome"));
        Assert.Equal(first.GetRawText().Replace("\"outcome\":\"created\"", "\"outcome\":\"unchanged\"", StringComparison.Ordinal), again.GetRawText());
        Assert.Equal(first.Text("etag"), response.Tag());
        Assert.Equal(seen.Tag(), (await newsroom.Reader.GetAsync($"/v1/articles/{first.Text("id")}")).Tag());
    }

    [Theory]
    [InlineData("""{"status":"published","headline":"Same","language":"en","body":{"text":"Text."}}""")]
    [InlineData("""{"language":"EN","status":"published","headline":"Same","body":{"text":"Text."}}""")]
    [InlineData("""{"language":"en","status":"published","headline":"\u0053ame","body":{"text":"Text."}}""")]
    [InlineData("""{"language":"en","status":"published","headline":"Same","body":{"text":"\r\nText.\r\n\r\n"}}""")]
    [InlineData("""{"language":"en","status":"published","headline":"Same","body":{"blocks":[{"type":"paragraph","text":"Text."}]}}""")]
    [InlineData("""{"language":"en","status":"published","headline":"Same","body":{"blocks":[{"type":"paragraph","text":"Text.","marks":[]}]}}""")]
    [InlineData("""{"language":"en","status":"published","headline":"Same","body":{"text":"Text."},"kicker":null,"tags":null,"section":null,"expiresAt":null}""")]
    [InlineData("""{"language":"en","status":"published","headline":"Same","body":{"text":"Text."},"tags":[],"contributors":[],"related":[]}""")]
    [InlineData("""{"language":"en","status":"published","headline":"Same","body":{"text":"Text."},"minorEdit":true}""")]
    [InlineData("""{"language":"en","status":"published","headline":"Same","body":{"text":"Text."},"slug":"same"}""")]
    public async Task Takes_the_same_content_in_another_spelling_as_unchanged(string json)
    {
        var address = $"/v1/manage/sources/wire/articles/{Own.Word()}";
        var id = (await newsroom.Admin.PutAsync(address, Json.Raw("""{"language":"en","status":"published","headline":"Same","body":{"text":"Text."}}""")).AnsweredAsync(201)).Text("id");

        var again = await newsroom.Admin.PutAsync(address, Json.Raw(json)).AnsweredAsync(200);

        // The next case wants the slug.
        await newsroom.Admin.DeleteArticleAsync(id);
        Assert.Equal("unchanged", again.Text("outcome"));
        Assert.Equal(1, again.Number("revision"));
    }

    [Fact]
    public async Task Takes_the_same_instant_with_another_offset_as_unchanged()
    {
        var story = Given.Article().With("publishedAt", "2025-12-01T17:05:00Z");
        await newsroom.Admin.PushedAsync(story);

        Assert.Equal("unchanged", (await newsroom.Admin.PushedAsync(story.With("publishedAt", "2025-12-01T19:05:00.000+02:00"))).Text("outcome"));
    }

    [Fact]
    public async Task Takes_a_section_and_tags_by_name_or_slug_as_the_same()
    {
        var (section, person) = (Own.Word("Desk"), Own.Word("Person"));
        var story = Given.Article().With("section", new { breadcrumb = new[] { section } }).With("tags", new object[] { new { kind = "person", name = person } });
        await newsroom.Admin.PushedAsync(story);

        var again = await newsroom.Admin.PushedAsync(story.In(section.ToLowerInvariant()).Tagged($"person:{person.ToLowerInvariant()}"));

        Assert.Equal("unchanged", again.Text("outcome"));
    }

    [Theory]
    [InlineData("headline", "Other")]
    [InlineData("kicker", "Kicker")]
    [InlineData("dateline", "Damas")]
    [InlineData("byline", "By somebody")]
    [InlineData("standfirst", "Sums up")]
    [InlineData("canonicalUrl", "https://example.org/a")]
    [InlineData("urgency", 3)]
    [InlineData("translationKey", "key-of-this-test")]
    [InlineData("digitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic")]
    [InlineData("publishedAt", "2025-12-01T17:05:00Z")]
    [InlineData("embargoedUntil", "2025-12-01T17:05:00Z")]
    [InlineData("expiresAt", "2099-12-01T17:05:00Z")]
    [InlineData("breakingUntil", "2099-12-01T17:05:00Z")]
    [InlineData("language", "fr")]
    [InlineData("slug", "a-slug-of-its-own")]
    public async Task Takes_any_other_value_as_a_change(string member, object value)
    {
        var story = Given.Article();
        await newsroom.Admin.PushedAsync(story);

        var changed = await newsroom.Admin.PushedAsync(story.With(member, value));

        Assert.Equal("updated", changed.Text("outcome"));
        Assert.Equal(2, changed.Number("revision"));
    }

    [Fact]
    public async Task Tells_a_draft_from_a_publication_of_the_same_words()
    {
        var story = Given.Article().AsDraft();
        await newsroom.Admin.PushedAsync(story);

        var published = await newsroom.Admin.PushedAsync(story.With("status", "published"));

        Assert.Equal(("updated", "live"), (published.Text("outcome"), published.Text("state")));
    }

    [Fact]
    public async Task Counts_a_scheduled_update_as_published()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Update").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var again = await newsroom.Admin.PushedAsync(story.With("status", "published"));

        Assert.Equal("unchanged", again.Text("outcome"));
        Assert.True(again.Has("pendingAt"));
    }

    [Fact]
    public async Task Counts_an_article_that_ended_as_published()
    {
        var story = Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(1)));
        await newsroom.Admin.PushedAsync(story);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));

        var again = await newsroom.Admin.PushedAsync(story);

        Assert.Equal(("unchanged", "expired"), (again.Text("outcome"), again.Text("state")));
    }

    [Fact]
    public async Task Brings_back_what_an_editor_unpublished_and_says_so()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        var again = await newsroom.Admin.PushedAsync(story);

        Assert.Equal(("updated", "live"), (again.Text("outcome"), again.Text("state")));
        Assert.Contains(" overwrote-edit", again.Warnings());
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Applies_what_differs_from_an_editors_later_revision_and_says_so()
    {
        var story = Given.Article();
        var pushed = await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PutBackAsync(pushed, ("headline", "The editor's")).AnsweredAsync(200);

        var again = await newsroom.Admin.PushedAsync(story);

        Assert.Equal("updated", again.Text("outcome"));
        Assert.Equal(pushed.Text("headline"), again.Text("headline"));
        Assert.Contains(" overwrote-edit", again.Warnings());
    }

    [Fact]
    public async Task Does_not_speak_of_an_edit_where_there_was_none()
    {
        var story = Given.Article();
        await newsroom.Admin.PushedAsync(story);

        Assert.DoesNotContain(" overwrote-edit", (await newsroom.Admin.PushedAsync(story.Headed("Own change"))).Warnings());
    }
}
