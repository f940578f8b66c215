using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Two articles that want one slug.</summary>
public sealed class SlugConflictsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task The_second_gets_a_suffix_of_its_own_id_and_a_warning()
    {
        var slug = Own.Word("same");
        await newsroom.Admin.PushedAsync(Given.Article().Headed(slug));

        var second = await newsroom.Admin.PushedAsync(Given.Article().Headed(slug));

        Assert.Equal(Suffixed(slug, second), second.Text("slug"));
        Assert.Equal(["/slug slug-changed"], second.Warnings());
        Assert.Equal(second.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/en/{second.Text("slug")}")).Text("id"));
    }

    [Fact]
    public async Task One_in_another_language_is_no_conflict()
    {
        var slug = Own.Word("same");
        await newsroom.Admin.PushedAsync(Given.Article().Headed(slug));

        Assert.Equal(slug, (await newsroom.Admin.PushedAsync(Given.Article().Written("fr").Headed(slug))).Text("slug"));
    }

    [Fact]
    public async Task One_in_another_section_is_a_conflict_all_the_same()
    {
        var slug = Own.Word("same");
        await newsroom.Admin.PushedAsync(Given.Article().Headed(slug).In(Own.Section()));

        var second = await newsroom.Admin.PushedAsync(Given.Article().Headed(slug).In(Own.Section()));

        Assert.Equal(Suffixed(slug, second), second.Text("slug"));
    }

    [Fact]
    public async Task A_chosen_slug_that_a_public_article_holds_is_refused()
    {
        var slug = Own.Word("same");
        await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug));
        var story = Given.Article().With("slug", slug);

        await newsroom.Admin.PushAsync(story).ProblemAsync(409, "slug-taken");

        Assert.Equal(404, await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}").StatusAsync());
    }

    [Fact]
    public async Task A_chosen_slug_whose_holder_nobody_sees_now_is_given_with_a_suffix()
    {
        var slug = Own.Word("away");
        var holder = await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug));
        await newsroom.Admin.UnpublishAsync(holder.Text("id")).AnsweredAsync(200);

        var second = await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug));

        Assert.Equal(Suffixed(slug, second), second.Text("slug"));
        Assert.Equal(["/slug slug-changed"], second.Warnings());
        Assert.Equal(slug, (await newsroom.Admin.PublishAsync(holder.Text("id")).AnsweredAsync(200)).Text("slug"));
    }

    [Fact]
    public async Task A_chosen_slug_that_is_taken_is_refused_when_a_draft_is_published_too()
    {
        var slug = Own.Word("same");
        await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug));
        var draft = await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug).AsDraft());

        await newsroom.Admin.PublishAsync(draft.Text("id")).ProblemAsync(409, "slug-taken");

        Assert.Equal("draft", (await newsroom.Admin.ManagedAsync(draft.Text("id"))).Text("state"));
    }

    [Fact]
    public async Task A_draft_reserves_nothing()
    {
        var slug = Own.Word("same");
        await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug).AsDraft());

        var second = await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug));

        Assert.Equal(slug, second.Text("slug"));
        Assert.Empty(second.Warnings());
    }

    [Fact]
    public async Task A_scheduled_article_reserves_nothing_against_one_that_is_visible_before_it()
    {
        var slug = Own.Word("same");
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().Headed(slug).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        Assert.Equal(slug, scheduled.Text("slug"));

        var live = await newsroom.Admin.PushedAsync(Given.Article().Headed(slug));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(slug, live.Text("slug"));
        Assert.Equal(live.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/en/{slug}")).Text("id"));
        Assert.Equal(Suffixed(slug, scheduled), (await newsroom.Reader.GetJsonAsync($"/v1/articles/{scheduled.Text("id")}")).Text("slug"));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task Of_two_scheduled_ones_that_which_appears_first_gets_it(int firstHours, int secondHours)
    {
        var slug = Own.Word("same");
        var first = await newsroom.Admin.PushedAsync(Given.Article().Headed(slug).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(firstHours))));
        var second = await newsroom.Admin.PushedAsync(Given.Article().Headed(slug).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(secondHours))));

        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        var (earlier, later) = firstHours < secondHours ? (first, second) : (second, first);
        Assert.Equal(slug, await SlugOfAsync(earlier));
        Assert.Equal(Suffixed(slug, later), await SlugOfAsync(later));
        await newsroom.SettleAsync();
        Assert.Equal(slug, await SlugOfAsync(earlier));
        Assert.Equal(Suffixed(slug, later), await SlugOfAsync(later));
    }

    [Fact]
    public async Task The_second_of_two_scheduled_ones_gets_it_when_the_first_is_cancelled()
    {
        var slug = Own.Word("same");
        var first = Given.Article().Headed(slug).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        await newsroom.Admin.PushedAsync(first);
        var second = await newsroom.Admin.PushedAsync(Given.Article().Headed(slug).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(2))));

        await newsroom.Admin.PushedAsync(first.AsDraft());
        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(slug, await SlugOfAsync(second));
    }

    [Fact]
    public async Task A_former_slug_is_free_for_another_article_and_then_leads_to_that_one()
    {
        var (former, present) = (Own.Word("former"), Own.Word("present"));
        var story = Given.Article().With("slug", former);
        await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.With("slug", present));

        var taker = await newsroom.Admin.PushedAsync(Given.Article().With("slug", former));

        Assert.Equal(former, taker.Text("slug"));
        Assert.Empty(taker.Warnings());
        Assert.Equal(taker.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/en/{former}")).Text("id"));
    }

    [Fact]
    public async Task A_former_slug_that_another_article_took_and_gave_up_is_gone_with_it()
    {
        var (former, present) = (Own.Word("former"), Own.Word("present"));
        var story = Given.Article().With("slug", former);
        await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.With("slug", present));
        var taker = await newsroom.Admin.PushedAsync(Given.Article().With("slug", former));

        await newsroom.Admin.UnpublishAsync(taker.Text("id")).AnsweredAsync(200);

        await newsroom.Reader.GetAsync($"/v1/articles/by-path/en/{former}").ProblemAsync(410, "gone");
    }

    [Fact]
    public async Task A_withdrawn_article_keeps_its_slug()
    {
        var slug = Own.Word("same");
        var story = Given.Article().Headed(slug);
        await newsroom.Admin.UnpublishAsync((await newsroom.Admin.PushedAsync(story)).Text("id"));

        var other = await newsroom.Admin.PushedAsync(Given.Article().Headed(slug));
        var back = await newsroom.Admin.PushedAsync(story);

        Assert.Equal(Suffixed(slug, other), other.Text("slug"));
        Assert.Equal(slug, back.Text("slug"));
    }

    [Fact]
    public async Task A_deleted_article_frees_its_slug()
    {
        var slug = Own.Word("same");
        await newsroom.Admin.DeleteArticleAsync((await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug))).Text("id"));

        Assert.Equal(slug, (await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug))).Text("slug"));
    }

    [Fact]
    public async Task A_suffix_fits_into_the_longest_slug()
    {
        var slug = Own.Word("x").PadRight(200, 'x');
        await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        var second = await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(2))));

        Assert.Equal(200, second.Text("slug").Length);
        Assert.Equal("unchanged", (await newsroom.Admin.PutBackAsync(second).AnsweredAsync(200)).Text("outcome"));
    }

    private async Task<string> SlugOfAsync(JsonElement article) => (await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}")).Text("slug");

    private static string Suffixed(string slug, JsonElement article) => $"{slug}-{article.Text("id")[..6]}";
}
