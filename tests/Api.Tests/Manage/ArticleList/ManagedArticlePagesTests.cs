using Galley.Manage.ArticleList;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Manage.ArticleList;

/// <summary>Walking the newsroom's list page by page, while others write.</summary>
public sealed class ManagedArticlePagesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("modified")]
    [InlineData("created")]
    public async Task A_walk_forth_and_back_sees_each_article_once_in_order_also_those_of_one_instant(string sort)
    {
        var section = Own.Section();
        var made = await MakeAsync(section, 7);
        newsroom.Clock.Advance(TimeSpan.FromSeconds(1));
        made.AddRange(await MakeAsync(section, 4));
        var expected = sort == "created" ? made : Enumerable.Reverse(made).ToList();
        var address = $"{ManagedLists.Address}?section={section}&sort={sort}&limit=3";

        var pages = await newsroom.Admin.PagesAsync(address);
        var back = new List<string>(pages[^1].Ids());
        for (var page = pages[^1]; page.Previous() is { } previous;)
        {
            page = await newsroom.Admin.GetJsonAsync(address.WithCursor(previous));
            back.InsertRange(0, page.Ids());
        }

        Assert.Equal(expected, pages.SelectMany(page => page.Ids()));
        Assert.Equal(expected, back);
        Assert.Equal([3, 3, 3, 2], pages.Select(page => page.Data().Count));
        Assert.Null(pages[0].Previous());
    }

    [Fact]
    public async Task Without_a_sort_what_was_written_to_last_comes_first()
    {
        var section = Own.Section();
        var made = await MakeAsync(section, 3);
        newsroom.Clock.Advance(TimeSpan.FromSeconds(1));
        await newsroom.Admin.UnpublishAsync(made[0]).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromSeconds(1));
        await newsroom.Admin.CorrectAsync(made[1], "It was Homs, not Aleppo.").AnsweredAsync(200);

        Assert.Equal([made[1], made[0], made[2]], await newsroom.Admin.ListedAsync($"section={section}"));
        Assert.Equal([made[1], made[0], made[2]], await newsroom.Admin.ListedAsync($"section={section}&sort=modified"));
    }

    [Fact]
    public async Task A_walk_in_the_order_of_creation_is_complete_whatever_is_written_meanwhile()
    {
        var section = Own.Section();
        var made = await MakeAsync(section, 9);
        var address = $"{ManagedLists.Address}?section={section}&sort=created&limit=2";

        var (seen, page) = (new List<string>(), await newsroom.Admin.GetJsonAsync(address));
        for (var i = 0; ; i++)
        {
            seen.AddRange(page.Ids());
            newsroom.Clock.Advance(TimeSpan.FromSeconds(1));
            await newsroom.Admin.UnpublishAsync(made[i]).StatusAsync();
            await newsroom.Admin.CorrectAsync(made[8 - i], "It was Homs, not Aleppo.").StatusAsync();
            if (i == 1)
                await newsroom.Admin.DeleteArticleAsync(made[3]);
            if (i == 2)
                made.AddRange(await MakeAsync(section, 1));
            if (page.Next() is not { } next)
                break;

            page = await newsroom.Admin.GetJsonAsync(address.WithCursor(next));
        }

        Assert.Equal(made, seen);
    }

    [Fact]
    public async Task A_walk_by_the_last_write_meets_what_is_written_to_again_and_goes_on_where_it_was()
    {
        var section = Own.Section();
        var made = await MakeAsync(section, 6);
        var address = $"{ManagedLists.Address}?section={section}&limit=2";
        var first = await newsroom.Admin.GetJsonAsync(address);
        newsroom.Clock.Advance(TimeSpan.FromSeconds(1));
        // One that was seen, and the one that the cursor stands behind; and one that was not seen yet.
        foreach (var id in new[] { made[5], made[4], made[1] })
            await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        var rest = await newsroom.Admin.PagesAsync(address.WithCursor(first.Next()!).Replace("&limit=2", "&limit=3", StringComparison.Ordinal));
        var back = await newsroom.Admin.GetJsonAsync(address.WithCursor(rest[0].Previous()!));

        Assert.Equal([made[5], made[4]], first.Ids());
        Assert.Equal([made[3], made[2], made[0]], rest.SelectMany(page => page.Ids()));
        Assert.Equal([made[4], made[1]], back.Ids());
        Assert.Equal([made[5], made[4], made[1]], (await newsroom.Admin.ListedAsync($"section={section}")).Take(3));
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_own_list_only_and_for_any_size_of_page()
    {
        var section = Own.Section();
        var made = await MakeAsync(section, 3);
        var address = $"{ManagedLists.Address}?section={section}&limit=1";
        var cursor = (await newsroom.Admin.GetJsonAsync(address)).Next()!;
        var ofReaders = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=1")).Next()!;
        var damaged = (cursor[0] == 'A' ? 'B' : 'A') + cursor[1..];

        foreach (var query in new[] { $"section={section}&sort=created&cursor={cursor}", $"section={section}&depth=0&cursor={cursor}", $"section={section}&state=live&cursor={cursor}", $"cursor={cursor}", $"section={section}&cursor={damaged}", $"section={section}&cursor={ofReaders}", $"section={section}&cursor=nonsense", $"source=wire&externalId=a&cursor={cursor}" })
            await newsroom.Admin.GetAsync($"{ManagedLists.Address}?{query}").ProblemAsync(400, "invalid-cursor");
        await newsroom.Reader.GetAsync($"/v1/articles?section={section}&cursor={cursor}").ProblemAsync(400, "invalid-cursor");
        Assert.Equal([made[1], made[0]], await newsroom.Admin.ListedAsync($"section={section}&limit=50&cursor={cursor}"));
    }

    [Fact]
    public async Task A_cursor_shows_no_number_of_ours()
    {
        var section = Own.Section();
        await MakeAsync(section, 2);

        var cursor = (await newsroom.Admin.GetJsonAsync($"{ManagedLists.Address}?section={section}&sort=created&limit=1")).Next()!;
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(cursor);

        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        var last = await session.FindAsync<long>("select max(id) from article");
        Assert.All(Enumerable.Range(0, bytes.Length - 7), at => Assert.NotInRange(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at, 8)), 1, last));
    }

    private async Task<List<string>> MakeAsync(string section, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add((await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id"));

        return ids;
    }
}

/// <summary>However little may be read for a page, each goes on from beyond the one before.</summary>
public sealed class ShortManagedPagesTests
{
    [Theory]
    [InlineData(3, 1_000_000)]
    [InlineData(1, 1_000_000)]
    [InlineData(1_000, 1)]
    [InlineData(1_000, 1_500)]
    public async Task Pages_are_short_or_empty_and_the_walk_loses_nothing(int articles, long bytes)
    {
        await using var newsroom = new ThriftyNewsroom(new ManagedListBudget(articles, bytes));
        await newsroom.InitializeAsync();
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
            ids.Add((await newsroom.Admin.PushedAsync(Given.Article().In(i is 0 or 11 ? "rare" : "usual").Written(i % 2 == 0 ? "en" : "fr"))).Text("id"));

        foreach (var (query, expected) in new[] { (string.Empty, ids), ("&section=rare", [ids[0], ids[11]]), ("&source=wire&state=live&language=fr", ids.Where((_, i) => i % 2 == 1).ToList()), ("&state=draft", []) })
        {
            foreach (var sort in new[] { "created", "modified" })
            {
                var address = $"{ManagedLists.Address}?sort={sort}&limit=10{query}";
                var pages = await newsroom.Admin.PagesAsync(address);
                var back = new List<string>(pages[^1].Ids());
                for (var page = pages[^1]; page.Previous() is { } previous;)
                {
                    page = await newsroom.Admin.GetJsonAsync(address.WithCursor(previous));
                    back.InsertRange(0, page.Ids());
                }

                var inOrder = sort == "created" ? expected : Enumerable.Reverse(expected);
                Assert.Equal(inOrder, pages.SelectMany(page => page.Ids()));
                Assert.Equal(inOrder, back);
                Assert.True(pages.Count > 1 || (bytes == 1_000_000 ? articles > 12 : query == "&state=draft"), $"{address} came on one page.");
            }
        }

        Assert.Equal(ids, await newsroom.Admin.ListedAsync($"ids={string.Join(',', ids)}"));
    }

    [Fact]
    public async Task A_page_takes_as_many_statements_for_many_articles_as_for_few()
    {
        await using var newsroom = new ThriftyNewsroom(ManagedListBudget.Default);
        await newsroom.InitializeAsync();
        for (var i = 0; i < 45; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In($"desk-{i % 5}/below").Tagged($"place:p{i}", $"person:p{i / 2}"));

        var counts = new List<int>();
        foreach (var limit in new[] { 2, 40 })
        {
            newsroom.Database.TakeCount();
            Assert.Equal(limit, (await newsroom.Admin.ListedAsync($"limit={limit}&state=live&language=en")).Count);
            counts.Add(newsroom.Database.TakeCount());
        }

        Assert.Equal(counts[0], counts[1]);
        Assert.InRange(counts[0], 5, 12);
    }
}
