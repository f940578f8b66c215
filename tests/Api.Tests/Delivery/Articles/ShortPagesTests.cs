using Galley.Delivery.Articles;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Delivery.Articles;

/// <summary>The random archive, on a server that may read little for one page.</summary>
public sealed class FrugalArchive : RandomArchive
{
    protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(new WalkBudget(200)));
}

/// <summary>The random archive, on a server that may read next to nothing for one page: enough for filters of a few tags.</summary>
public sealed class MiserlyArchive : RandomArchive
{
    protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(new WalkBudget(50)));
}

/// <summary>The random archive, on a server that may not even read once for each scope of a filter.</summary>
public sealed class PennilessArchive : RandomArchive
{
    protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(new WalkBudget(2)));
}

/// <summary>However little may be read for a page, each goes on from beyond the one before.</summary>
public sealed class EndingWalksTests(PennilessArchive archive) : IClassFixture<PennilessArchive>
{
    [Theory]
    [InlineData("articles", "section=a,d,f&tags=place:p1")]
    [InlineData("articles", "section=a,d,f&tags=-place:p1,-place:p2,(person:q1|event:e1)&sort=oldest")]
    [InlineData("articles", "section=a,d,f&tags=place:p1&updatedAfter=2026-01-15T09:00:00Z")]
    [InlineData("articles", "section=a,d,f&tags=place:p1&sort=updated")]
    [InlineData("changes", "section=a,d,f&tags=place:p1,-person:q2")]
    public async Task A_walk_ends(string list, string query)
    {
        var (places, address) = (new HashSet<string>(), $"/v1/{list}?{query}");
        for (var place = default(string); places.Count < 2_000;)
        {
            var page = await archive.Reader.GetJsonAsync(place is null ? address : list == "changes" ? $"{address}&since={place}" : address.WithCursor(place));
            place = list == "changes" ? (page.GetProperty("upToDate").GetBoolean() ? null : page.Text("next")) : page.Next();
            if (place is null)
                return;

            Assert.True(places.Add(place), $"{query} comes back to where it was.");
        }

        Assert.Fail($"{query} does not end.");
    }
}

/// <summary>A page may be short, or even empty, and still have a next one: only an absent next means the end.</summary>
public sealed class ShortPagesTests(MiserlyArchive archive) : IClassFixture<MiserlyArchive>
{
    [Theory]
    [InlineData("tags=-place:p1,-place:p2,-person:q1")]
    [InlineData("tags=place:p1,place:p2,person:q1,person:q2")]
    [InlineData("section=a,d&tags=person:q2,-event:e1")]
    [InlineData("section=f,d/e&language=ar&tags=event:e1,keyword:k1&sort=oldest")]
    public async Task Some_pages_are_short_or_empty_before_the_end(string query)
    {
        var pages = await archive.Reader.PagesAsync($"/v1/articles?limit=100&{query}");

        Assert.True(pages.Count > 1);
        Assert.All(pages.SkipLast(1), page => Assert.True(page.Data().Count < 100));
    }

    [Fact]
    public async Task An_empty_page_leads_on_and_back()
    {
        var address = "/v1/articles?limit=100&tags=place:p1,place:p2,place:p3,person:q1,person:q2,event:e1";
        var pages = await archive.Reader.PagesAsync(address);
        var empty = pages.Select((page, index) => (page, index)).First(pair => pair.index > 0 && pair.index < pages.Count - 1 && pair.page.Data().Count == 0);

        Assert.NotNull(empty.page.Next());
        Assert.NotNull(empty.page.Previous());
        await archive.Reader.GetJsonAsync(address.WithCursor(empty.page.Previous()!));
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("oldest")]
    public async Task A_walk_back_over_them_sees_the_same(string sort)
    {
        var address = $"/v1/articles?limit=10&sort={sort}&tags=place:p1,-person:q1,-event:e1";
        var pages = await archive.Reader.PagesAsync(address);

        var back = new List<string>(pages[^1].Ids());
        for (var page = pages[^1]; page.Previous() is { } previous;)
        {
            page = await archive.Reader.GetJsonAsync(address.WithCursor(previous));
            back.InsertRange(0, page.Ids());
        }

        Assert.Equal(pages.SelectMany(page => page.Ids()), back);
    }
}

/// <summary>Whatever is asked for, a walk over short pages loses nothing and shows nothing twice.</summary>
public sealed class ShortPagesPropertyTests(FrugalArchive archive) : IClassFixture<FrugalArchive>
{
    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public async Task A_walk_over_them_sees_exactly_what_there_is(int seed)
    {
        var dice = new Random(seed);
        for (var round = 0; round < 12; round++)
        {
            var filter = RandomFilter.Any(dice);
            await archive.FindsExactlyAsync(filter, dice.Next(2) == 0 ? 100 : 10);
        }
    }
}
