using Galley.Tests.Support;

namespace Galley.Tests.Manage.Tags;

/// <summary>Two tags become one, and the old slug goes on working.</summary>
public sealed class MergeTagsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Its_articles_have_the_other_one_and_lists_by_either_hold_all()
    {
        var (from, into) = (Own.Tag("place"), Own.Tag("place"));
        var first = await newsroom.Admin.PushedAsync(Given.Article().Tagged(from));
        var second = await newsroom.Admin.PushedAsync(Given.Article().Tagged(into));
        var both = await newsroom.Admin.PushedAsync(Given.Article().Tagged(from, into));

        var merged = await newsroom.Admin.MergeTagsAsync(from, into).AnsweredAsync(200);

        Assert.Equal([from], merged.Texts("aliases"));
        foreach (var article in new[] { first, second, both })
            Assert.Equal([into], await TagsOfAsync(article));
        foreach (var tag in new[] { from, into })
            Assert.Equal(new HashSet<string> { both.Text("id"), second.Text("id"), first.Text("id") }, (await newsroom.Reader.WalkIdsAsync($"/v1/articles?tags={tag}")).ToHashSet());
        Assert.Equal(first.Number("version"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/{first.Text("id")}")).Number("version"));
    }

    [Fact]
    public async Task Its_address_leads_on_and_it_is_in_no_list()
    {
        var (from, into) = (Own.Tag("place"), Own.Tag("place"));
        await newsroom.Admin.PushedAsync(Given.Article().Tagged(from, into));
        await newsroom.Admin.MergeTagsAsync(from, into).AnsweredAsync(200);

        var response = await newsroom.Reader.GetAsync($"/v1/tags/{from.Replace(':', '/')}?language=fr");
        Assert.Equal((308, $"/v1/tags/{into.Replace(':', '/')}?language=fr"), ((int)response.StatusCode, response.Headers.Location?.ToString()));
        Assert.DoesNotContain(await newsroom.Reader.WalkAsync("/v1/tags?kind=place"), tag => $"place:{tag.Text("slug")}" == from);
        await newsroom.Admin.GetAsync(TaxonomyDesk.AddressOf(from)).ProblemAsync(404, "not-found");
        await newsroom.Admin.PutTagAsync(from, new { }).ProblemAsync(409, "state-conflict");
    }

    [Fact]
    public async Task Pushes_by_its_slug_and_by_its_name_find_the_other_one()
    {
        var (from, into, name) = (Own.Tag("place"), Own.Tag("place"), Own.Word("Sham"));
        await newsroom.Admin.PutTagAsync(from, new { names = new { en = name } }).AnsweredAsync(201);
        await newsroom.Admin.PutTagAsync(into, new { names = new { en = "Syria" } }).AnsweredAsync(201);
        await newsroom.Admin.MergeTagsAsync(from, into).AnsweredAsync(200);

        var bySlug = await newsroom.Admin.PushedAsync(Given.Article().Tagged(from));
        var byName = await newsroom.Admin.PushedAsync(Given.Article().With("tags", new[] { new { kind = "place", name } }));

        Assert.Equal([into], await TagsOfAsync(bySlug));
        Assert.Equal([into], await TagsOfAsync(byName));
        Assert.Equal("unchanged", (await newsroom.Admin.MergeTagsAsync(from, into).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task A_chain_of_merges_leads_to_its_end_in_one_hop()
    {
        var tags = Enumerable.Range(0, 3).Select(_ => Own.Tag("keyword")).ToList();
        var article = await newsroom.Admin.PushedAsync(Given.Article().Tagged([.. tags]));
        await newsroom.Admin.MergeTagsAsync(tags[0], tags[1]).AnsweredAsync(200);
        await newsroom.Admin.MergeTagsAsync(tags[1], tags[2]).AnsweredAsync(200);

        Assert.Equal([tags[2]], await TagsOfAsync(article));
        foreach (var tag in tags.Take(2))
            Assert.Equal($"/v1/tags/{tags[2].Replace(':', '/')}", (await newsroom.Reader.GetAsync($"/v1/tags/{tag.Replace(':', '/')}")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Kinds_may_differ_but_contributors_stay_among_themselves()
    {
        var (keyword, place) = (Own.Tag("keyword"), Own.Tag("place"));
        var article = await newsroom.Admin.PushedAsync(Given.Article().Tagged(keyword, place).With("contributors", new[] { new { name = "Ana", slug = Own.Word("ana") } }));
        await newsroom.Admin.MergeTagsAsync(keyword, place).AnsweredAsync(200);
        Assert.Equal([place], await TagsOfAsync(article));

        var contributor = $"contributor:{article.GetProperty("contributors")[0].Text("slug")}";
        Assert.Equal(["/into invalid-value"], (await newsroom.Admin.MergeTagsAsync(contributor, place).ProblemAsync(422, "validation-failed")).Errors());
        Assert.Equal(["/into invalid-value"], (await newsroom.Admin.MergeTagsAsync(place, contributor).ProblemAsync(422, "validation-failed")).Errors());
    }

    [Fact]
    public async Task What_does_not_exist_is_named_all_at_once_and_one_with_itself_is_a_conflict()
    {
        Assert.Equal(["/from unknown-tag", "/into unknown-tag"], (await newsroom.Admin.MergeTagsAsync(Own.Tag(), Own.Tag()).ProblemAsync(422, "validation-failed")).Errors());
        Assert.Equal(["/from invalid-value", "/into invalid-value"], (await newsroom.Admin.MergeTagsAsync("planet:mars", "syria").ProblemAsync(422, "validation-failed")).Errors());

        var (tag, other, third) = (Own.Tag(), Own.Tag(), Own.Tag());
        await newsroom.Admin.PushedAsync(Given.Article().Tagged(tag, other, third));
        await newsroom.Admin.MergeTagsAsync(tag, tag).ProblemAsync(409, "state-conflict");
        await newsroom.Admin.MergeTagsAsync(tag, other).AnsweredAsync(200);
        await newsroom.Admin.MergeTagsAsync(third, tag).ProblemAsync(409, "state-conflict");
        await newsroom.Admin.MergeTagsAsync(tag, third).ProblemAsync(409, "state-conflict");
    }

    [Fact]
    public async Task What_is_sent_again_under_either_slug_makes_no_version()
    {
        var (from, into) = (Own.Tag("place"), Own.Tag("place"));
        var article = Given.Article().Tagged(from);
        await newsroom.Admin.PushedAsync(article);
        await newsroom.Admin.PushedAsync(Given.Article().Tagged(into));
        await newsroom.Admin.MergeTagsAsync(from, into).AnsweredAsync(200);

        Assert.Equal(("unchanged", 1), await PushAgainAsync(article));
        Assert.Equal(("unchanged", 1), await PushAgainAsync(article.Tagged(into)));
        Assert.Equal(("unchanged", 1), await PushAgainAsync(article.Tagged(from, into)));

        async Task<(string, long)> PushAgainAsync(Given again) => await newsroom.Admin.PushedAsync(again) is var pushed ? (pushed.Text("outcome"), pushed.Number("version")) : default;
    }

    [Fact]
    public async Task What_management_answers_may_be_put_back_and_is_unchanged()
    {
        var (from, into) = (Own.Tag("place"), Own.Tag("place"));
        var article = await newsroom.Admin.PushedAsync(Given.Article().Tagged(from, into));
        await newsroom.Admin.MergeTagsAsync(from, into).AnsweredAsync(200);

        var answered = await newsroom.Admin.ManagedAsync(article.Text("id"));
        Assert.Equal("unchanged", (await newsroom.Admin.PutBackAsync(answered).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task A_slug_that_readers_knew_leads_on_also_where_nothing_visible_has_it_just_then()
    {
        var (from, into) = (Own.Tag("place"), Own.Tag("place"));
        var article = await newsroom.Admin.PushedAsync(Given.Article().Tagged(from));
        await newsroom.Admin.PushedAsync(Given.Article().Tagged(into));
        await newsroom.Admin.UnpublishAsync(article.Text("id")).AnsweredAsync(200);
        await newsroom.Admin.MergeTagsAsync(from, into).AnsweredAsync(200);

        Assert.Equal(308, await newsroom.Reader.GetAsync($"/v1/tags/{from.Replace(':', '/')}").StatusAsync());
        Assert.Single(await newsroom.Reader.WalkIdsAsync($"/v1/articles?tags={from}"));
    }

    [Fact]
    public async Task A_draft_and_a_scheduled_article_follow_and_what_only_they_had_tells_nothing()
    {
        var (from, into) = (Own.Tag("place"), Own.Tag("place"));
        await newsroom.Admin.PushedAsync(Given.Article().Tagged(into));
        var draft = Given.Article().Tagged(from).AsDraft();
        await newsroom.Admin.PushedAsync(draft);
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().Tagged(from).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        await newsroom.Admin.MergeTagsAsync(from, into).AnsweredAsync(200);

        await newsroom.Reader.GetAsync($"/v1/tags/{from.Replace(':', '/')}").ProblemAsync(404, "not-found");
        Assert.Empty(await newsroom.Reader.WalkIdsAsync($"/v1/articles?tags={from}"));
        newsroom.Clock.Advance(TimeSpan.FromHours(2));
        var published = await newsroom.Admin.PushedAsync(draft.With("status", "published"));
        Assert.Equal([into], await TagsOfAsync(published));
        Assert.Equal([into], await TagsOfAsync(scheduled));
        Assert.Equal(3, (await newsroom.Reader.WalkIdsAsync($"/v1/articles?tags={into}")).Count);
    }

    [Fact]
    public async Task It_is_guarded_by_the_tag_of_the_one_that_goes()
    {
        var (from, into) = (Own.Tag("place"), Own.Tag("place"));
        await newsroom.Admin.PutTagAsync(into, new { }).AnsweredAsync(201);
        var made = await newsroom.Admin.PutTagAsync(from, new { });
        var present = (await newsroom.Admin.PutTagAsync(from, new { names = new { en = "Name" } }).AnsweredAsync(200)).Text("etag");

        var problem = await newsroom.Admin.MergeTagsAsync(from, into, ("If-Match", made.Tag())).ProblemAsync(412, "revision-mismatch");
        Assert.Equal(present, problem.Text("etag"));
        await newsroom.Admin.MergeTagsAsync(from, from, ("If-Match", made.Tag())).ProblemAsync(412, "revision-mismatch");

        // A lost answer may be asked for again, although the tag is gone with what had it.
        Assert.Equal("updated", (await newsroom.Admin.MergeTagsAsync(from, into, ("If-Match", present)).AnsweredAsync(200)).Text("outcome"));
        Assert.Equal("unchanged", (await newsroom.Admin.MergeTagsAsync(from, into, ("If-Match", present)).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task Its_aliases_go_with_a_tag_that_is_deleted()
    {
        var (from, into) = (Own.Tag("place"), Own.Tag("place"));
        await newsroom.Admin.PutTagAsync(from, new { }).AnsweredAsync(201);
        await newsroom.Admin.PutTagAsync(into, new { }).AnsweredAsync(201);
        await newsroom.Admin.MergeTagsAsync(from, into).AnsweredAsync(200);

        Assert.Equal(204, await newsroom.Admin.DeleteAsync(TaxonomyDesk.AddressOf(into)).StatusAsync());
        await newsroom.Admin.PutTagAsync(from, new { }).AnsweredAsync(201);
    }

    private async Task<IEnumerable<string>> TagsOfAsync(System.Text.Json.JsonElement article) =>
        (await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}")).GetProperty("tags").EnumerateArray().Select(tag => $"{tag.Text("kind")}:{tag.Text("slug")}");
}
