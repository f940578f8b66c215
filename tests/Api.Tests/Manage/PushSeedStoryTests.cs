using System.Net;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage;

/// <summary>The story the product was born from: pushed by a script, read by an app.</summary>
public sealed class PushSeedStoryTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Address = "/v1/manage/sources/i24news/articles/syrie-2024-12-01?createMissing=sections,tags";

    private static readonly string Story = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "syrie-2024-12-01.json"));

    [Fact]
    public async Task Goes_in_with_one_put_and_comes_out_as_typed_blocks_with_every_character()
    {
        var pushed = await newsroom.Admin.PutAsync(Address, Json.Raw(Story));
        Assert.Contains(pushed.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.OK });

        var list = await newsroom.Reader.GetJsonAsync("/v1/articles?section=international/moyen-orient");
        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{list.GetProperty("data")[0].Text("id")}");

        using var sent = JsonDocument.Parse(Story);
        var paragraphs = sent.RootElement.GetProperty("body").Text("text").Split("\n\n");
        Assert.Equal(6, paragraphs.Length);
        Assert.Equal(paragraphs, article.GetProperty("body").GetProperty("blocks").EnumerateArray().Select(block => block.Text("text")));
        Assert.Equal(sent.RootElement.Text("headline"), article.Text("headline"));
        Assert.Equal(sent.RootElement.Text("standfirst"), article.Text("standfirst"));
        Assert.Equal("international/moyen-orient", article.GetProperty("section").Text("path"));
        Assert.Equal("Moyen-Orient", article.GetProperty("section").Text("name"));
        Assert.Equal("International", article.GetProperty("section").GetProperty("ancestors")[0].Text("name"));
        Assert.Equal("fr", article.Text("language"));
    }

    [Fact]
    public async Task Says_unchanged_when_pushed_again()
    {
        await newsroom.Admin.PutAsync(Address, Json.Raw(Story));

        var again = await newsroom.Admin.PutAsync(Address, Json.Raw(Story));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("unchanged", (await again.JsonAsync()).Text("outcome"));
    }
}
