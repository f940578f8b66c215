using Galley.Tests.Support;

namespace Galley.Tests.Manage.ArticleList;

/// <summary>A key with limits finds in the list what it may read one by one, and nothing else.</summary>
public sealed class LimitedListTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Holds_just_what_the_key_may_read_by_id()
    {
        var (section, other, source) = (Own.Section(), Own.Section(), Own.Word("source"));
        var ids = await ArticlesAsync(section, other, source);
        object[] limits =
        [
            new { sections = new[] { section } }, new { sections = new[] { $"{section}/deep" } }, new { sections = new[] { section, other } }, new { languages = new[] { "fr" } }, new { languages = new[] { "fr-CA" } },
            new { sources = new[] { source } }, new { sources = new[] { "wire" }, sections = new[] { other }, languages = new[] { "en", "fr" } },
        ];

        foreach (var hours in new[] { 0, 2 })
        {
            newsroom.Clock.Advance(TimeSpan.FromHours(hours));
            foreach (var limit in limits)
            {
                var client = await ClientAsync(limit);
                var readable = new List<string>();
                foreach (var id in ids)
                {
                    if (await client.GetAsync($"/v1/manage/articles/{id}").StatusAsync() == 200)
                        readable.Add(id);
                }

                Assert.InRange(readable.Count, 1, ids.Count - 1);
                Assert.Equal(readable, await client.ListedAsync($"ids={string.Join(',', ids)}"));
                Assert.Equal(readable, (await client.WalkedAsync("sort=created&limit=3")).Where(ids.Contains));
            }
        }
    }

    [Fact]
    public async Task Is_empty_where_sections_and_languages_outside_are_asked_for_whether_or_not_they_exist()
    {
        var (section, other) = (Own.Section(), Own.Section());
        var id = (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().In(other));
        var client = await ClientAsync(new { sections = new[] { section }, languages = new[] { "en" } });

        Assert.Equal([id], await client.ListedAsync($"section={section},{other}"));
        Assert.Empty(await client.ListedAsync($"section={other}"));
        Assert.Empty(await client.ListedAsync("section=nowhere"));
        Assert.Empty(await client.ListedAsync("language=fr"));
    }

    [Fact]
    public async Task Is_refused_where_a_source_outside_is_named()
    {
        await newsroom.Admin.PushedAsync(Given.Article());
        var client = await ClientAsync(new { sources = new[] { "wire" } });

        foreach (var query in new[] { "source=other", "source=wire,other", "source=other&externalId=a" })
            Assert.Equal(["source outside-constraint"], (await client.GetAsync($"{ManagedLists.Address}?{query}").ProblemAsync(403, "outside-constraint")).Errors());
        Assert.NotEmpty(await client.ListedAsync("source=wire"));
    }

    private async Task<HttpClient> ClientAsync(object limits) =>
        newsroom.Client((await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "drafts:read" }, limits })).AnsweredAsync(201)).Text("key"));

    // Inside and outside, and between the two: what readers see counts as well as the newest revision, for as long as they see it or will.
    private async Task<IReadOnlyList<string>> ArticlesAsync(string section, string other, string source)
    {
        var ids = new List<string>();
        async Task AddAsync(Given article, string of = "wire") => ids.Add((await newsroom.Admin.PushedAsync(article, of)).Text("id"));
        await AddAsync(Given.Article().In(section));
        await AddAsync(Given.Article().In($"{section}/deep/deeper").AsDraft());
        await AddAsync(Given.Article().In(other), source);
        await AddAsync(Given.Article().In(other).Written("fr-CA").AsDraft());
        await AddAsync(Given.Article());
        await AddAsync(Given.Article().In(section).Written("fr").With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));

        foreach (var (from, to) in new[] { (section, other), (other, section) })
        {
            var (live, ending, returning) = (Given.Article().In(from), Given.Article().In(from).With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1))), Given.Article().In(from).Written("fr"));
            foreach (var story in new[] { live, ending, returning })
            {
                await AddAsync(story);
                await newsroom.Admin.PushedAsync(story.In(to).AsDraft());
            }

            await newsroom.Admin.UnpublishAsync(ids[^1]).AnsweredAsync(200);
        }

        return ids;
    }
}
