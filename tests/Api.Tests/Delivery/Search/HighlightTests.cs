using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Search;

/// <summary>Where in headlines and standfirsts the words stand that were looked for.</summary>
public sealed class HighlightTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("Élections : l’Iran d'abord, Iran's vote", "iran", "Iran|Iran")]
    [InlineData("𝐀 Saint-Denis et « Saint Denis »", "saint-denis", "Saint-Denis|Saint Denis")]
    [InlineData("Saint-Denis", "saintdenis", "Saint-Denis")]
    [InlineData("Damas, à Damas, à la une", "\"à Damas\" une", "à Damas|une")]
    [InlineData("الحكومة اللبنانية والحكومة", "حكومة", "الحكومة|والحكومة")]
    [InlineData("大马士革的冬天", "马士革 冬", "马士革|冬")]
    [InlineData("ŒUVRES et cœur", "cœur -oeuvre", "cœur")]
    [InlineData("O’Brien", "brien", "Brien")]
    public async Task Places_are_those_of_the_plain_text(string headline, string q, string places)
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(section).Headed(headline).Saying(q.Replace("-oeuvre", string.Empty, StringComparison.Ordinal)));

        var item = Assert.Single((await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&highlight=true&q={Uri.EscapeDataString(q)}")).Data());

        Assert.Equal(places.Split('|'), Marked(item));
    }

    [Fact]
    public async Task They_come_with_any_fields_as_far_as_those_are_there_and_change_the_tag()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(section).Headed("Alpha one").With("standfirst", "Two alpha \"quoted\" alpha").Saying("gamma").With("breakingUntil", newsroom.Clock.In(TimeSpan.FromHours(1))));
        (string View, string[] Marked)[] views =
        [
            ("", ["Alpha", "alpha", "alpha"]), ("&fields=headline", ["Alpha"]), ("&fields=standfirst,breaking", ["alpha", "alpha"]), ("&fields=slug", []), ("&fields=whole", ["Alpha", "alpha", "alpha"]), ("&fields=summary,body&format=text", ["Alpha", "alpha", "alpha"]),
        ];
        var tags = new HashSet<string>();
        foreach (var (view, marked) in views)
        {
            var response = await newsroom.Reader.GetAsync($"/v1/articles?section={section}&q=alpha&highlight=true{view}");
            Assert.Equal(marked, Marked(Assert.Single((await response.JsonAsync()).Data())));
            Assert.True(tags.Add(response.Tag()));
            Assert.Equal(304, await newsroom.Reader.SendAsync(HttpMethod.Get, $"/v1/articles?section={section}&q=alpha&highlight=true{view}", ("If-None-Match", response.Tag())).StatusAsync());
            Assert.True(tags.Add((await newsroom.Reader.GetAsync($"/v1/articles?section={section}&q=alpha&highlight=false{view}")).Tag()));
        }

        var item = Assert.Single((await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&q=gamma&highlight=true")).Data());
        Assert.Empty(item.GetProperty("highlights").EnumerateArray());
        Assert.False((await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&q=alpha")).Data()[0].Has("highlights"));
        await newsroom.Reader.GetAsync($"/v1/articles?section={section}&q=alpha&fields=highlights").ProblemAsync(400, "invalid-parameter");
    }

    private static IEnumerable<string> Marked(JsonElement item) => item.GetProperty("highlights").EnumerateArray()
        .Select(each => item.Text(each.Text("field"))[(int)each.Number("start")..(int)each.Number("end")]);
}
