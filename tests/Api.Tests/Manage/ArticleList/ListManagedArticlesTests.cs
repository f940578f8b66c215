using Galley.Manage.ArticleList;
using Galley.Manage.Articles;
using Galley.Tests.Manage.Articles;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.ArticleList;

/// <summary>The newsroom's list: every article whatever its state, and what finds it.</summary>
public sealed class ListManagedArticlesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly string[] States =
        ["draft", "scheduled", "embargoed", "live", "live with draft", "live with pending", "live, ending", "live, expiring", "expired", "unpublished", "returning", "taken down"];

    [Fact]
    public void An_entry_has_every_member_of_an_article_but_the_body_and_what_only_writes_tell() =>
        Assert.Equal(
            typeof(ManagedArticle).GetProperties().Select(member => member.Name).Except([nameof(ManagedArticle.Body), nameof(ManagedArticle.Outcome), nameof(ManagedArticle.Warnings)]),
            typeof(ManagedArticleItem).GetProperties().Select(member => member.Name));

    [Fact]
    public async Task An_entry_is_what_the_article_answers_without_its_body()
    {
        var story = Rich.Article(newsroom.Clock);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.CorrectAsync(id, "It was Homs, not Aleppo.").AnsweredAsync(200);
        await newsroom.Admin.PushedAsync(story.With("kicker", "Bientôt").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var article = await newsroom.Admin.ManagedAsync(id);
        var entry = (await newsroom.Admin.GetJsonAsync($"{ManagedLists.Address}?ids={id}")).Data().Single();

        Assert.Equal(article.WithoutBody(), entry.WithoutBody());
        Assert.False(entry.Has("body"));
        Assert.All(new[] { "pendingAt", "corrections", "wordCount", "leadImage", "contributors", "breakingUntil" }, member => Assert.True(entry.Has(member), $"{member} is not there."));
    }

    [Fact]
    public async Task Each_state_is_found_as_the_article_itself_tells_it_also_when_the_clock_alone_has_changed_it()
    {
        var stories = new List<StateOfStory>();
        foreach (var state in States)
        {
            stories.Add(new StateOfStory(newsroom));
            await stories[^1].BringAsync(state);
        }

        var ids = string.Join(',', stories.Select(story => story.Id));
        foreach (var minutes in new[] { 0, 1, 40 })
        {
            newsroom.Clock.Advance(TimeSpan.FromMinutes(minutes));
            var articles = await Task.WhenAll(stories.Select(story => newsroom.Admin.ManagedAsync(story.Id)));
            foreach (var asked in new[] { "draft", "scheduled", "live", "expired", "unpublished", "taken-down", "draft,scheduled", "live,expired,unpublished" })
                Assert.Equal(articles.Where(each => asked.Split(',').Contains(each.Text("state"))).Select(each => each.Text("id")), await newsroom.Admin.ListedAsync($"ids={ids}&state={asked}"));
            foreach (var hasDraft in new[] { true, false })
                Assert.Equal(articles.Where(each => each.Flag("hasDraft") == hasDraft).Select(each => each.Text("id")), await newsroom.Admin.ListedAsync($"ids={ids}&hasDraft={(hasDraft ? "true" : "false")}"));

            var entries = (await newsroom.Admin.GetJsonAsync($"{ManagedLists.Address}?ids={ids}")).Data();
            Assert.Equal(articles.Select(article => article.WithoutBody()), entries.Select(entry => entry.WithoutBody()));
        }
    }

    [Fact]
    public async Task A_deleted_article_is_gone_and_one_that_was_taken_down_has_no_text()
    {
        var section = Own.Section();
        var (deleted, takenDown) = ((await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id"), (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id"));
        await newsroom.Admin.DeleteArticleAsync(deleted);
        await newsroom.Admin.TakeDownAsync(takenDown).AnsweredAsync(200);

        var entry = Assert.Single((await newsroom.Admin.GetJsonAsync($"{ManagedLists.Address}?section={section}")).Data());

        Assert.Equal((takenDown, "taken-down", false), (entry.Text("id"), entry.Text("state"), entry.Has("headline")));
    }

    [Fact]
    public async Task A_section_is_found_with_what_is_below_it_by_where_the_newest_revision_stands()
    {
        var (section, other) = (Own.Section(), Own.Section());
        var above = (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id");
        var below = (await newsroom.Admin.PushedAsync(Given.Article().In($"{section}/deep/deeper").AsDraft())).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().In($"{section}-beside"));
        var leaving = Given.Article().In(section);
        var left = (await newsroom.Admin.PushedAsync(leaving)).Text("id");
        await newsroom.Admin.PushedAsync(leaving.In(other).AsDraft());

        Assert.Equal([above, below], await newsroom.Admin.ListedAsync($"section={section}&sort=created"));
        Assert.Equal([above], await newsroom.Admin.ListedAsync($"section={section}&depth=0"));
        Assert.Equal([above, below, left], await newsroom.Admin.ListedAsync($"section={other},{section}&sort=created"));
        Assert.Empty(await newsroom.Admin.ListedAsync("section=nowhere/at-all"));
    }

    [Fact]
    public async Task A_section_that_was_moved_is_found_at_both_addresses_at_once()
    {
        var (section, moved) = (Own.Section(), Own.Section());
        var id = (await newsroom.Admin.PushedAsync(Given.Article().In($"{section}/deep"))).Text("id");
        await newsroom.Admin.MoveSectionAsync(section, moved).AnsweredAsync(200);

        Assert.Equal([id], await newsroom.Admin.ListedAsync($"section={section}"));
        Assert.Equal([id], await newsroom.Admin.ListedAsync($"section={moved}/deep"));
        Assert.Empty(await newsroom.Admin.ListedAsync($"section={moved}&depth=0"));
    }

    [Fact]
    public async Task Tags_are_found_by_an_expression_and_under_the_names_of_those_that_were_merged()
    {
        var (section, a, b, c) = (Own.Section(), Own.Tag("place"), Own.Tag("place"), Own.Tag("person"));
        var name = Own.Word("Jeanne");
        var both = (await newsroom.Admin.PushedAsync(Given.Article().In(section).Tagged(a, b))).Text("id");
        var one = (await newsroom.Admin.PushedAsync(Given.Article().In(section).Tagged(c).AsDraft())).Text("id");
        var credited = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("contributors", new[] { new { name, slug = name.ToLowerInvariant() } }))).Text("id");
        Task<IReadOnlyList<string>> FindAsync(string tags) => newsroom.Admin.ListedAsync($"sort=created&section={section}&tags={Uri.EscapeDataString(tags)}");

        Assert.Equal([both], await FindAsync($"{a},{b}"));
        Assert.Equal([both, one], await FindAsync($"({a},-event:nothing)|{c}"));
        Assert.Equal([one, credited], await FindAsync($"-{a}"));
        Assert.Equal([credited], await FindAsync($"contributor:{name.ToLowerInvariant()}"));
        Assert.Empty(await FindAsync("place:nothing"));

        var merged = (await newsroom.Admin.PushedAsync(Given.Article().In(section).Tagged(b))).Text("id");
        await newsroom.Admin.MergeTagsAsync(b, a).AnsweredAsync(200);
        Assert.Equal([both, merged], await FindAsync(b));
        Assert.Equal([both, merged], await FindAsync(a));
        Assert.Equal([one, credited], await FindAsync($"-{b}"));
    }

    [Fact]
    public async Task Languages_are_compared_whole()
    {
        var section = Own.Section();
        var french = (await newsroom.Admin.PushedAsync(Given.Article().In(section).Written("fr"))).Text("id");
        var canadian = (await newsroom.Admin.PushedAsync(Given.Article().In(section).Written("fr-CA").AsDraft())).Text("id");

        Assert.Equal([french], await newsroom.Admin.ListedAsync($"section={section}&language=fr,he"));
        Assert.Equal([french, canadian], await newsroom.Admin.ListedAsync($"section={section}&language=fr-ca,FR&sort=created"));
    }

    [Fact]
    public async Task A_source_is_found_and_one_of_its_articles_by_the_senders_own_id()
    {
        var (source, other, story) = (Own.Word("source"), Own.Word("source"), Given.Article());
        var own = (await newsroom.Admin.PushedAsync(story, source)).Text("id");
        var second = (await newsroom.Admin.PushedAsync(Given.Article(), source)).Text("id");
        var namesake = (await newsroom.Admin.PushedAsync(story, other)).Text("id");
        var externalId = story.ExternalId;

        Assert.Equal([own, second], await newsroom.Admin.ListedAsync($"source={source}&sort=created"));
        Assert.Equal([own, second, namesake], await newsroom.Admin.ListedAsync($"source={source},{other},nobody&sort=created"));
        Assert.Equal([own], await newsroom.Admin.ListedAsync($"source={source}&externalId={externalId}"));
        Assert.Equal([namesake], await newsroom.Admin.ListedAsync($"source={other}&externalId={externalId}&state=live"));
        Assert.Empty(await newsroom.Admin.ListedAsync($"source={other}&externalId={externalId}&state=draft"));
        Assert.Empty(await newsroom.Admin.ListedAsync($"source={source}&externalId={externalId.ToUpperInvariant()}"));
        Assert.Empty(await newsroom.Admin.ListedAsync($"ids={namesake}&source={source}&externalId={externalId}"));
    }

    [Fact]
    public async Task Articles_that_no_source_pushes_are_in_the_list_but_in_that_of_no_source()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(section));
        var id = (await newsroom.Admin.PostAsync(ManagedLists.Address, Json.Body(Given.Article().In(section).AsDraft().Build())).AnsweredAsync(201)).Text("id");

        Assert.Equal([id], await newsroom.Admin.ListedAsync($"section={section}&state=draft"));
        Assert.Empty(await newsroom.Admin.ListedAsync($"section={section}&state=draft&source=wire"));
    }

    [Fact]
    public async Task Instants_are_those_that_the_entry_shows()
    {
        var section = Own.Section();
        var early = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", "2020-05-01T10:00:00Z").AsDraft())).Text("id");
        var late = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", "2030-05-01T10:00:00Z"))).Text("id");
        var live = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", "2021-05-01T10:00:00Z"))).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().In(section).AsDraft());
        var updatedAt = (await newsroom.Admin.ManagedAsync(live)).Text("updatedAt");
        Task<IReadOnlyList<string>> FindAsync(string query) => newsroom.Admin.ListedAsync($"sort=created&section={section}&{query}");

        Assert.Equal([early, live], await FindAsync("publishedBefore=2030-05-01T10:00:00Z"));
        Assert.Equal([late, live], await FindAsync("publishedAfter=2021-05-01T12:00:00%2B02:00"));
        Assert.Equal([live], await FindAsync("publishedAfter=2020-05-01T10:00:00.001Z&publishedBefore=2025-01-01T00:00:00Z"));
        Assert.Equal([live], await FindAsync($"updatedAfter={updatedAt}"));
        Assert.Empty(await FindAsync($"updatedBefore={updatedAt}"));
    }

    [Fact]
    public async Task Urgency_and_breaking_are_those_of_the_newest_revision_now()
    {
        var section = Own.Section();
        var soon = newsroom.Clock.In(TimeSpan.FromMinutes(5));
        var urgent = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("urgency", 2).With("breakingUntil", soon))).Text("id");
        var draft = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("urgency", 3).With("breakingUntil", soon).AsDraft())).Text("id");
        var plain = (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id");
        Task<IReadOnlyList<string>> FindAsync(string query) => newsroom.Admin.ListedAsync($"sort=created&section={section}&{query}");

        Assert.Equal([urgent], await FindAsync("urgencyMax=2"));
        Assert.Equal([urgent, draft], await FindAsync("urgencyMax=9"));
        Assert.Equal([urgent, draft], await FindAsync("breaking=true"));
        Assert.Equal([plain], await FindAsync("breaking=false"));

        newsroom.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(await FindAsync("breaking=true"));
    }

    [Fact]
    public async Task Chosen_articles_come_in_the_order_asked_for_and_others_are_left_out()
    {
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
            ids.Add((await newsroom.Admin.PushedAsync(i % 3 == 0 ? Given.Article().AsDraft() : Given.Article())).Text("id"));
        ids.Reverse();

        var page = await newsroom.Admin.GetJsonAsync($"{ManagedLists.Address}?ids={string.Join(',', ids)},{Guid.NewGuid()}");

        Assert.Equal(ids, page.Ids());
        Assert.Equal((null, null), (page.Next(), page.Previous()));
        Assert.Equal(ids.Where((_, i) => (11 - i) % 3 == 0), await newsroom.Admin.ListedAsync($"ids={string.Join(',', ids)}&state=draft"));
    }

    [Theory]
    [InlineData("state=published", "state invalid-parameter")]
    [InlineData("state=draft,draft", "state invalid-parameter")]
    [InlineData("hasDraft=yes", "hasDraft invalid-parameter")]
    [InlineData("externalId=a", "externalId invalid-parameter")]
    [InlineData("externalId=a&source=wire,other", "externalId invalid-parameter")]
    [InlineData("externalId=a&source=WIRE", "source invalid-parameter")]
    [InlineData("sort=newest", "sort invalid-parameter")]
    [InlineData("section=a//b", "section invalid-parameter")]
    [InlineData("depth=1", "depth invalid-parameter")]
    [InlineData("tags=place:a,(", "tags invalid-parameter")]
    [InlineData("publishedAfter=2030-01-01T00:00:00Z&publishedBefore=2020-01-01T00:00:00Z", "publishedBefore invalid-parameter")]
    [InlineData("urgencyMax=0", "urgencyMax invalid-parameter")]
    [InlineData("limit=101", "limit invalid-parameter")]
    [InlineData("ids=7", "ids invalid-parameter")]
    [InlineData("ids=5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11&sort=created", "sort invalid-parameter")]
    [InlineData("ids=5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11&limit=5", "limit invalid-parameter")]
    [InlineData("states=draft", "states unknown-parameter")]
    [InlineData("q=homs", "q unknown-parameter")]
    public async Task What_cannot_be_asked_is_refused_by_name(string query, string error) =>
        Assert.Equal([error], (await newsroom.Admin.GetAsync($"{ManagedLists.Address}?{query}").ProblemAsync(400, error.Split(' ')[1])).Errors());

    [Fact]
    public async Task Is_never_stored_and_leads_on_by_a_header()
    {
        var section = Own.Section();
        for (var i = 0; i < 2; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In(section));

        var response = await newsroom.Admin.GetAsync($"{ManagedLists.Address}?section={section}&limit=1");

        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Null(response.Header("ETag"));
        Assert.Equal($"<https://news.example.org/v1/manage/articles?section={section}&limit=1&cursor={(await response.JsonAsync()).Next()}>; rel=\"next\"", response.Header("Link"));
    }
}
