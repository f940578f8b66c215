using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>A push replaces the whole article: what it leaves out is gone, with three exceptions.</summary>
public sealed class PushReplacesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly string[] Optional =
    [
        "kicker", "dateline", "byline", "standfirst", "canonicalUrl", "section", "contributors", "leadImage", "urgency", "agency", "rights", "translationKey",
        "related", "embargoedUntil", "expiresAt", "breakingUntil", "digitalSourceType",
    ];

    [Fact]
    public async Task Clears_every_optional_member_that_is_left_out()
    {
        var story = Rich.Article(newsroom.Clock);
        var rich = await newsroom.Admin.PushedAsync(story);
        Assert.All(Optional, member => Assert.True(rich.Has(member), member));

        foreach (var member in Optional.Append("tags").Append("body"))
            story.Without(member);
        var plain = await newsroom.Admin.PushedAsync(story);

        Assert.All(Optional, member => Assert.False(plain.Has(member), member));
        Assert.Empty(plain.GetProperty("tags").EnumerateArray());
        Assert.Empty(plain.Blocks());
        Assert.Equal(0, plain.Number("wordCount"));
    }

    [Fact]
    public async Task Clears_them_for_readers_too()
    {
        var story = Rich.Article(newsroom.Clock);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        foreach (var member in Optional.Append("tags").Append("body"))
            story.Without(member);
        await newsroom.Admin.PushedAsync(story);

        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}");
        Assert.All(Optional, member => Assert.False(article.Has(member), member));
    }

    [Fact]
    public async Task Takes_null_for_an_optional_member_as_absent()
    {
        var story = Rich.Article(newsroom.Clock);
        await newsroom.Admin.PushedAsync(story);

        foreach (var member in Optional.Append("tags").Append("body").Append("slug").Append("minorEdit"))
            story.With(member, null);
        var plain = await newsroom.Admin.PushedAsync(story);

        Assert.All(Optional, member => Assert.False(plain.Has(member), member));
    }

    [Fact]
    public async Task Refuses_null_for_the_required_language()
    {
        var problem = await newsroom.Admin.PushAsync(Given.Article().With("language", null)).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/language required"], problem.Errors());
    }

    [Fact]
    public async Task Keeps_the_publication_instant_that_is_left_out()
    {
        var story = Given.Article().With("publishedAt", "2025-12-01T17:05:00Z");
        await newsroom.Admin.PushedAsync(story);

        var again = await newsroom.Admin.PushedAsync(story.Without("publishedAt").Headed("Other"));

        Assert.Equal("2025-12-01T17:05:00Z", again.Text("publishedAt"));
    }

    [Fact]
    public async Task Takes_the_instant_of_publishing_where_none_was_ever_given()
    {
        var story = Given.Article().AsDraft();
        Assert.False((await newsroom.Admin.PushedAsync(story)).Has("publishedAt"));
        newsroom.Clock.Advance(TimeSpan.FromMinutes(7));
        var now = newsroom.Clock.Now;

        var published = await newsroom.Admin.PushedAsync(story.With("status", "published"));

        Assert.Equal(now, published.GetProperty("publishedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Keeps_the_ids_of_blocks_that_did_not_change_wherever_they_moved()
    {
        var story = Given.Article().Saying("One.\n\nTwo.\n\nThree.");
        var before = (await newsroom.Admin.PushedAsync(story)).Blocks().ToDictionary(block => block.Text("text"), block => block.Text("id"));

        var after = (await newsroom.Admin.PushedAsync(story.Saying("Zero.\n\nThree.\n\nOne.\n\nTwo, changed."))).Blocks();

        Assert.Equal(before["One."], after[2].Text("id"));
        Assert.Equal(before["Three."], after[1].Text("id"));
        Assert.DoesNotContain(after[0].Text("id"), before.Values);
        Assert.DoesNotContain(after[3].Text("id"), before.Values);
        Assert.Equal(4, after.Select(block => block.Text("id")).Distinct().Count());
    }

    [Fact]
    public async Task Gives_two_equal_blocks_two_ids_and_keeps_both()
    {
        var story = Given.Article().Saying("Same.\n\nSame.");
        var before = (await newsroom.Admin.PushedAsync(story)).Blocks().Select(block => block.Text("id")).ToList();

        var after = (await newsroom.Admin.PushedAsync(story.Saying("Same.\n\nNew.\n\nSame."))).Blocks().Select(block => block.Text("id")).ToList();

        Assert.NotEqual(before[0], before[1]);
        Assert.Equal([before[0], before[1]], [after[0], after[2]]);
    }

    [Fact]
    public async Task Keeps_the_ids_that_the_sender_chose_and_never_makes_one_of_them_twice()
    {
        var story = Given.Article().With("body", new { blocks = new object[] { new { type = "paragraph", text = "One." }, new { id = "b1", type = "paragraph", text = "Two." }, new { type = "paragraph", text = "Three." } } });

        var ids = (await newsroom.Admin.PushedAsync(story)).Blocks().Select(block => block.Text("id")).ToList();

        Assert.Equal("b1", ids[1]);
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task An_empty_string_is_a_value_and_not_absent()
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article().With("kicker", string.Empty));

        Assert.Equal(JsonValueKind.String, pushed.GetProperty("kicker").ValueKind);
    }
}
