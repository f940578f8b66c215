using Galley.Tests.Support;

namespace Galley.Tests.Pages;

/// <summary>The few pages for people and machines that watch the server.</summary>
public sealed class PagesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task The_home_page_says_what_this_is_how_much_it_holds_and_where_to_go()
    {
        await newsroom.Admin.PushedAsync(Given.Article());
        await newsroom.Admin.PushedAsync(Given.Article().AsDraft());
        await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromDays(1))));

        var response = await newsroom.Reader.GetAsync("/");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", response.Header("Content-Type"));
        Assert.Contains("<strong>1</strong> story that readers can see now", html, StringComparison.Ordinal);
        foreach (var link in new[] { "/docs", "/openapi/v1.json", "/v1/articles", "/v1/section-tree", "/v1/tags", "/problems", "/health/ready" })
            Assert.Contains($"href=\"{link}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_of_the_home_page_works()
    {
        var html = await newsroom.Reader.GetStringAsync(new Uri("/", UriKind.Relative));

        foreach (var link in html.Split("href=\"").Skip(1).Select(part => part.Split('"')[0]))
        {
            var response = await newsroom.Reader.GetAsync(link);
            if ((int)response.StatusCode is 301 or 302)
                response = await newsroom.Reader.GetAsync(new Uri(newsroom.Address, new Uri(new Uri(newsroom.Address, link), response.Headers.Location!)));
            Assert.True(response.IsSuccessStatusCode, $"{link} answers {(int)response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/problems")]
    [InlineData("/problems/not-found")]
    public async Task A_page_can_load_and_run_nothing(string address)
    {
        var response = await newsroom.Reader.GetAsync(address);

        Assert.StartsWith("default-src 'none'", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/problems/no-such-problem")]
    [InlineData("/problems/NOT-FOUND")]
    [InlineData("/problems/%3Cscript%3E")]
    public async Task A_problem_that_does_not_exist_has_no_page(string address) => await newsroom.Reader.GetAsync(address).ProblemAsync(404, "not-found");

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_says_one_word_and_is_not_stored(string address, string status)
    {
        var response = await newsroom.Reader.GetAsync(address);

        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal($$"""{"status":"{{status}}"}""", await response.Content.ReadAsStringAsync());
    }
}
