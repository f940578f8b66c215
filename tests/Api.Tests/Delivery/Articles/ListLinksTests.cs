using System.Text.RegularExpressions;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>The Link header of a list: full addresses of the pages beside it, that really work.</summary>
public sealed partial class ListLinksTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string PublicUrl = "https://news.example.org";

    [Fact]
    public async Task Holds_the_same_cursors_as_the_page_under_the_public_address()
    {
        var section = await SectionOfAsync(3);
        var first = await newsroom.Reader.GetAsync($"/v1/articles?section={section}&limit=1");
        var next = (await first.JsonAsync()).Next();

        Assert.Equal($"<{PublicUrl}/v1/articles?section={section}&limit=1&cursor={next}>; rel=\"next\"", first.Header("Link"));

        var second = await newsroom.Reader.GetAsync($"/v1/articles?section={section}&limit=1&cursor={next}");
        Assert.Equal(["next", "prev"], LinksOf(second).Select(link => link.Relation));
        Assert.Equal((await second.JsonAsync()).Previous(), LinksOf(second)[1].Target.Split("cursor=")[1]);
    }

    [Fact]
    public async Task Is_absent_where_there_is_no_other_page() => Assert.Null((await newsroom.Reader.GetAsync($"/v1/articles?section={await SectionOfAsync(1)}")).Header("Link"));

    [Theory]
    [InlineData("/v1/articles?section={0}&limit=1")]
    [InlineData("/v1/articles?limit=1&section={0}&sort=oldest&language=en,fr&publishedAfter=2020-01-01T01:00:00%2B01:00")]
    [InlineData("/v1/articles?tags=-(place:a%7Cplace:%D8%A7)&section={0}&limit=1")]
    [InlineData("/v1/articles/?section={0}&limit=1")]
    public async Task Leads_through_the_whole_list_and_back(string address)
    {
        var section = await SectionOfAsync(4);
        var start = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, section);
        var all = await newsroom.Reader.WalkIdsAsync(start);

        var (forward, back) = (new List<string>(), new List<string>());
        var page = await newsroom.Reader.GetAsync(start);
        for (; ; page = await newsroom.Reader.GetAsync(TargetOf(page, "next")![PublicUrl.Length..]))
        {
            forward.AddRange((await page.JsonAsync()).Ids());
            if (TargetOf(page, "next") is null)
                break;
        }

        for (; ; page = await newsroom.Reader.GetAsync(TargetOf(page, "prev")![PublicUrl.Length..]))
        {
            back.InsertRange(0, (await page.JsonAsync()).Ids());
            if (TargetOf(page, "prev") is null)
                break;
        }

        Assert.Equal(4, all.Count);
        Assert.Equal(all, forward);
        Assert.Equal(all, back);
    }

    [Fact]
    public async Task Ignores_what_the_request_says_of_its_host()
    {
        var section = await SectionOfAsync(2);

        var response = await newsroom.RawAsync("GET", $"/v1/articles?section={section}&limit=1", headers: ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: gopher", "Forwarded: host=evil.example"]);

        Assert.StartsWith($"<{PublicUrl}/v1/articles?", response.Headers["Link"], StringComparison.Ordinal);
        Assert.DoesNotContain("evil", response.Headers["Link"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tags=-(place:a|place:b)")]
    [InlineData("publishedAfter=2020-01-01T00:00:00Z&tags=-place:a|-place:b")]
    public async Task Encodes_what_a_client_sent_unencoded(string query)
    {
        var section = await SectionOfAsync(2);

        var link = (await newsroom.RawAsync("GET", $"/v1/articles?section={section}&limit=1&{query}")).Headers["Link"];

        var target = link[1..link.IndexOf('>', StringComparison.Ordinal)];
        Assert.DoesNotContain('|', target);
        Assert.True(Uri.IsWellFormedUriString(target, UriKind.Absolute), target);
        Assert.Single((await newsroom.Reader.GetJsonAsync(target[PublicUrl.Length..])).Ids());
    }

    [Fact]
    public async Task Cannot_be_broken_out_of()
    {
        var word = Own.Word("a");
        await newsroom.Admin.PushedAsync(Given.Article().With("tags", new[] { new { kind = "keyword", name = $"{word}> one" }, new { kind = "keyword", name = $"{word}> two" } }));

        var link = (await newsroom.RawAsync("GET", $"/v1/tags?q={word}>&limit=1")).Headers["Link"];

        Assert.Single(LinkForm().Matches(link));
        Assert.Contains("%3E", link, StringComparison.Ordinal);
    }

    private async Task<string> SectionOfAsync(int count)
    {
        var section = Own.Section();
        for (var i = 0; i < count; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In(section));

        return section;
    }

    private static string? TargetOf(HttpResponseMessage response, string relation) => LinksOf(response).FirstOrDefault(link => link.Relation == relation).Target;

    private static IReadOnlyList<(string Relation, string Target)> LinksOf(HttpResponseMessage response) =>
        [.. LinkForm().Matches(response.Header("Link") ?? string.Empty).Select(match => (match.Groups[2].Value, match.Groups[1].Value))];

    [GeneratedRegex("<([^>]*)>; rel=\"([a-z]+)\"")]
    private static partial Regex LinkForm();
}
