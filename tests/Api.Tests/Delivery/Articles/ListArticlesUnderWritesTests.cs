using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>A walk goes on while the newsroom works.</summary>
public sealed class ListArticlesUnderWritesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Instant = "2025-12-01T00:00:00Z";

    [Fact]
    public async Task An_article_whose_update_takes_over_in_the_middle_of_a_walk_is_met_once()
    {
        var section = Own.Section();
        var stories = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var story = Given.Article().In(section).With("publishedAt", Instant);
            var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
            await newsroom.Admin.PushedAsync(story.Headed("Update").AsDraft());
            await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromMilliseconds(1 + i)) }).AnsweredAsync(200);
            stories.Add(id);
        }

        foreach (var sort in new[] { "newest", "oldest" })
        {
            var met = new List<string>();
            var page = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&sort={sort}&limit=1");
            while (true)
            {
                met.AddRange(page.Ids());
                newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
                if (sort == "oldest")
                    await newsroom.SettleAsync();
                if (page.Next() is not { } next)
                    break;

                page = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&sort={sort}&limit=1&cursor={next}");
            }

            Assert.Equal(stories.Order(), met.Order());
        }
    }

    [Fact]
    public async Task What_appears_at_the_end_of_a_walk_is_met_by_going_on()
    {
        var section = Own.Section();
        for (var i = 0; i < 2; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", Instant));
        var last = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&sort=oldest&limit=1");
        last = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&sort=oldest&limit=1&cursor={last.Next()}");
        Assert.Null(last.Next());

        var id = (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id");
        var back = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&sort=oldest&limit=1&cursor={last.Previous()}");
        var forward = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&sort=oldest&limit=5&cursor={back.Next()}");

        Assert.Equal([.. last.Ids(), id], forward.Ids());
    }

    [Fact]
    public async Task A_page_behind_which_everything_was_withdrawn_is_empty_and_leads_back()
    {
        var section = Own.Section();
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
            ids.Add((await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", $"2025-12-0{4 - i}T00:00:00Z"))).Text("id"));
        var first = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=2");
        await newsroom.Admin.UnpublishAsync(ids[2]);
        await newsroom.Admin.DeleteArticleAsync(ids[3]);

        var empty = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=2&cursor={first.Next()}");

        Assert.Empty(empty.Ids());
        Assert.Null(empty.Next());
        Assert.Equal(ids.Take(2), (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=2&cursor={empty.Previous()}")).Ids());
    }
}
