using Galley.Tests.Delivery.Articles;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Tags;

/// <summary>The tags of a section are those of the visible articles in it and below, whatever a page may read.</summary>
public sealed class TagsInSectionTests(RandomArchive archive, PennilessArchive penniless) : IClassFixture<RandomArchive>, IClassFixture<PennilessArchive>
{
    [Theory]
    [InlineData("a", "")]
    [InlineData("d", "&kind=place")]
    [InlineData("d/e", "")]
    [InlineData("f", "&q=p")]
    public async Task They_are_what_its_articles_have(string section, string further)
    {
        foreach (var server in new[] { archive, penniless })
        {
            var tags = (await server.Reader.WalkAsync($"/v1/tags?section={section}{further}&limit=3")).Select(KeyOf).ToList();
            Assert.NotEmpty(tags);
            Assert.Equal(await ExpectedAsync(server, section, further), tags);
        }
    }

    [Fact]
    public async Task The_way_back_meets_the_same()
    {
        foreach (var server in new[] { archive, penniless })
        {
            var pages = await server.Reader.PagesAsync("/v1/tags?section=d&limit=2");
            var backwards = new List<string>();
            for (var page = pages[^1]; page.Previous() is { } previous;)
            {
                page = await server.Reader.GetJsonAsync("/v1/tags?section=d&limit=2".WithCursor(previous));
                backwards.InsertRange(0, page.Data().Select(KeyOf));
            }

            Assert.Equal(pages.SkipLast(1).SelectMany(page => page.Data()).Select(KeyOf), backwards);
        }
    }

    [Fact]
    public async Task On_a_server_that_reads_little_pages_are_short_before_the_end() =>
        Assert.Contains((await penniless.Reader.PagesAsync("/v1/tags?section=d&limit=100")).SkipLast(1), page => page.Data().Count < 100);

    [Fact]
    public async Task Of_a_section_that_nobody_sees_there_are_none()
    {
        await archive.Admin.PushedAsync(Given.Article().In("hidden-desk").Tagged("place:p1").AsDraft());

        foreach (var section in new[] { "hidden-desk", "no-such-desk" })
            Assert.Equal("""{"data":[],"page":{}}""", (await archive.Reader.GetJsonAsync($"/v1/tags?section={section}")).GetRawText());
    }

    private static string KeyOf(System.Text.Json.JsonElement tag) => $"{tag.Text("kind")}:{tag.Text("slug")}";

    private static async Task<IReadOnlyList<string>> ExpectedAsync(RandomArchive server, string section, string further)
    {
        var used = (await server.Reader.WalkAsync($"/v1/articles?section={section}&limit=100")).SelectMany(card => card.GetProperty("tags").EnumerateArray().Select(KeyOf)).ToHashSet();
        return [.. (await server.Reader.WalkAsync($"/v1/tags?limit=100{further}")).Select(KeyOf).Where(used.Contains)];
    }
}
