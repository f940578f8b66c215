using System.Reflection;
using System.Text.Json;
using Galley.Http;
using Galley.Manage.Articles;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>What GET of management gives, PUT takes: unchanged.</summary>
public sealed class RoundTripTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Every_member_that_may_be_sent_comes_back()
    {
        // A minor edit is of one push; what the server owns is not sent.
        var sendable = typeof(ArticleInput).GetProperties()
            .Where(member => !member.IsDefined(typeof(ServerOwnedAttribute)) && member.Name != nameof(ArticleInput.MinorEdit))
            .Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)).ToList();
        var story = Rich.Article(newsroom.Clock).With("slug", Own.Word());

        var article = await newsroom.Admin.ManagedAsync((await newsroom.Admin.PushedAsync(story)).Text("id"));

        Assert.InRange(sendable.Count, 20, int.MaxValue);
        Assert.All(sendable, member => Assert.Contains(member, story.Build().Keys));
        Assert.All(sendable, member => Assert.True(article.Has(member), $"{member} was sent and is gone."));
    }

    [Fact]
    public async Task An_article_with_everything_in_it_sent_back_as_it_is_is_unchanged()
    {
        var pushed = await newsroom.Admin.PushedAsync(Rich.Article(newsroom.Clock));
        var read = await newsroom.Admin.ManagedAsync(pushed.Text("id"));

        var back = await newsroom.Admin.PutBackAsync(read).AnsweredAsync(200);

        Assert.Equal("unchanged", back.Text("outcome"));
        Assert.Equal(read.Text("etag"), back.Text("etag"));
    }

    [Fact]
    public async Task The_answer_to_a_write_can_be_sent_back_too()
    {
        var pushed = await newsroom.Admin.PushedAsync(Rich.Article(newsroom.Clock));
        Assert.True(pushed.Has("warnings"));

        Assert.Equal("unchanged", (await newsroom.Admin.PutBackAsync(pushed).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task It_can_be_sent_back_to_its_own_id_as_well()
    {
        var story = Rich.Article(newsroom.Clock);
        var pushed = await newsroom.Admin.PushedAsync(story);

        var back = await newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}", Json.Body(pushed)).AnsweredAsync(200);

        Assert.Equal("unchanged", back.Text("outcome"));
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("scheduled")]
    [InlineData("live")]
    [InlineData("live with a draft")]
    [InlineData("live with a draft under another slug")]
    [InlineData("live with a pending update")]
    [InlineData("live with an end")]
    [InlineData("expired")]
    [InlineData("unpublished")]
    public async Task An_article_in_any_state_sent_back_as_it_is_is_unchanged(string state)
    {
        var id = await InStateAsync(state);
        var read = await newsroom.Admin.ManagedAsync(id);

        var back = await newsroom.Admin.PutBackAsync(read).AnsweredAsync(200);

        Assert.Equal("unchanged", back.Text("outcome"));
        Assert.Equal(read.GetRawText(), (await newsroom.Admin.ManagedAsync(id)).GetRawText());
    }

    [Fact]
    public async Task A_client_that_writes_null_for_what_is_absent_changes_nothing()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var back = await newsroom.Admin.PutBackAsync(
            read, [.. new[] { "kicker", "section", "leadImage", "pendingAt", "unpublishAt", "translationKey", "embargoedUntil", "warnings" }.Select(member => (member, (object?)null))]).AnsweredAsync(200);

        Assert.Equal("unchanged", back.Text("outcome"));
    }

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'+00:00'")]
    public async Task A_client_that_writes_instants_in_its_own_way_changes_nothing(string format)
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var back = await newsroom.Admin.PutBackAsync(
            read,
            [.. new[] { "createdAt", "modifiedAt", "publishedAt", "firstPublishedAt", "updatedAt" }
                .Select(member => (member, (object?)read.GetProperty(member).GetDateTimeOffset().UtcDateTime.ToString(format, System.Globalization.CultureInfo.InvariantCulture)))]).AnsweredAsync(200);

        Assert.Equal("unchanged", back.Text("outcome"));
    }

    [Fact]
    public async Task Names_of_the_section_and_the_tags_are_not_compared()
    {
        var section = Own.Section();
        var read = await newsroom.Admin.PushedAsync(Given.Article().In(section).Tagged(Own.Tag("place")));
        var tag = read.GetProperty("tags")[0];

        var back = await newsroom.Admin.PutBackAsync(
            read,
            ("section", new { path = section, name = "Called otherwise", ancestors = Array.Empty<object>() }),
            ("tags", new[] { new { kind = tag.Text("kind"), slug = tag.Text("slug"), name = "Called otherwise" } })).AnsweredAsync(200);

        Assert.Equal("unchanged", back.Text("outcome"));
    }

    private async Task<string> InStateAsync(string state)
    {
        var story = Rich.Article(newsroom.Clock).Without("breakingUntil");
        switch (state)
        {
            case "draft":
                story.AsDraft();
                break;
            case "scheduled":
                story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromDays(1)));
                break;
            case "expired":
                story.With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(1)));
                break;
            default:
                break;
        }

        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        switch (state)
        {
            case "live with a draft":
                await newsroom.Admin.PushedAsync(story.With("kicker", "Draft").AsDraft());
                break;
            case "live with a draft under another slug":
                await newsroom.Admin.PushedAsync(story.With("slug", Own.Word("other")).AsDraft());
                break;
            case "live with a pending update":
                await newsroom.Admin.PushedAsync(story.With("kicker", "Pending").AsDraft());
                await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);
                break;
            case "live with an end":
                await newsroom.Admin.UnpublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);
                break;
            case "expired":
                newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
                break;
            case "unpublished":
                await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);
                break;
            default:
                break;
        }

        var found = (await newsroom.Admin.ManagedAsync(id)).Text("state");
        Assert.Equal(state.Split(' ')[0], found);
        return id;
    }
}
