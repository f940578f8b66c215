using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>Queries are read strictly, and everything that is wrong with one is said at once.</summary>
public sealed class QueriesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Every_fault_stands_in_one_list()
    {
        var problem = await newsroom.Reader.GetAsync("/v1/articles?sectoin=a&limit=0&language=&sort=best&sort=newest&tags=place&publishedAfter=yesterday&cursor=&fields=headlin&format=htm&depth=1&count=all")
            .ProblemAsync(400, "invalid-parameter");

        Assert.Equal(
            [
                "count invalid-parameter", "cursor invalid-parameter", "depth invalid-parameter", "fields invalid-parameter", "format invalid-parameter", "language invalid-parameter", "limit invalid-parameter", "publishedAfter invalid-parameter",
                "sectoin unknown-parameter", "sort invalid-parameter", "sort invalid-parameter", "tags invalid-parameter",
            ],
            problem.Errors().Order());
    }

    [Theory]
    [InlineData("/v1/articles?sectoin=a", "sectoin", "section")]
    [InlineData("/v1/articles?Limit=3", "Limit", "limit")]
    [InlineData("/v1/articles?published_after=2025-01-01T00:00:00Z", "published_after", "publishedAfter")]
    [InlineData("/v1/sections?lagnuage=fr", "lagnuage", "language")]
    [InlineData("/v1/tags?kinds=place", "kinds", "kind")]
    [InlineData("/v1/manage/keys?limt=3", "limt", "limit")]
    public async Task An_unknown_parameter_is_named_with_the_nearest_known_one(string address, string name, string suggestion)
    {
        var problem = await newsroom.Admin.GetAsync(address).ProblemAsync(400, "unknown-parameter");

        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((name, suggestion), (error.Text("parameter"), error.Text("suggestion")));
    }

    [Theory]
    [InlineData("/v1/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11?fields=headline")]
    [InlineData("/v1/articles/by-path/en/a?path=b")]
    [InlineData("/v1/manage/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11?x=1")]
    [InlineData("/v1/manage/sources/wire/articles/a?x=1")]
    [InlineData("/v1/section-tree?x=1")]
    [InlineData("/health/live?x=1")]
    [InlineData("/?utm_source=x")]
    public async Task An_address_without_parameters_refuses_any(string address) => await newsroom.Admin.GetAsync(address).ProblemAsync(400, "unknown-parameter");

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=101")]
    [InlineData("limit=1.5")]
    [InlineData("limit=ten")]
    [InlineData("limit=1e1")]
    [InlineData("limit=0x10")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("limit=%D9%A1")]
    [InlineData("limit=")]
    [InlineData("limit")]
    [InlineData("limit=1&limit=1")]
    [InlineData("section=a&section=b")]
    [InlineData("section=a,a")]
    [InlineData("section=a,")]
    [InlineData("section=A")]
    [InlineData("section=/a")]
    [InlineData("section=a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13,a14,a15,a16,a17,a18,a19,a20,a21")]
    [InlineData("depth=1")]
    [InlineData("depth=none")]
    [InlineData("language=fr,FR")]
    [InlineData("language=*")]
    [InlineData("sort=Newest")]
    [InlineData("sort=newest,oldest")]
    [InlineData("publishedAfter=2025-01-01")]
    [InlineData("publishedAfter=2025-01-01T00:00:00")]
    [InlineData("publishedAfter=2025-01-01T00:00:00+01:00")]
    [InlineData("publishedAfter=0001-01-01T00:00:00%2B23:59")]
    [InlineData("publishedAfter=2025-01-02T00:00:00Z&publishedBefore=2025-01-01T00:00:00Z")]
    [InlineData("tags=place:a%20,place:b")]
    public async Task A_value_that_cannot_be_meant_is_refused(string query)
    {
        var problem = await newsroom.Reader.GetAsync($"/v1/articles?{query}").ProblemAsync(400, "invalid-parameter");

        Assert.Single(problem.Errors());
    }

    [Fact]
    public async Task A_wrong_word_is_told_the_nearest_right_one()
    {
        var problem = await newsroom.Reader.GetAsync("/v1/articles?sort=oldset").ProblemAsync(400, "invalid-parameter");

        Assert.Equal("oldest", problem.GetProperty("errors")[0].Text("suggestion"));
    }

    [Theory]
    [InlineData("/v1/articles?")]
    [InlineData("/v1/articles?&")]
    [InlineData("/v1/articles?limit=05")]
    [InlineData("/v1/articles?&limit=5&&sort=newest&")]
    [InlineData("/v1/articles?%6Cimit=5")]
    [InlineData("/v1/articles?section=a%2Fb")]
    public async Task A_query_that_says_the_same_in_another_spelling_is_taken(string address) => Assert.Equal(200, await newsroom.Reader.GetAsync(address).StatusAsync());

    [Fact]
    public async Task Faults_of_headers_stand_beside_those_of_the_query()
    {
        var problem = await newsroom.Admin.SendAsync(
            HttpMethod.Put, "/v1/manage/sources/wire/articles/a?createMissing=all", Json.Raw("{}"), ("If-Match", "garbage"), ("If-None-Match", "\"x\"")).ProblemAsync(400, "invalid-parameter");

        Assert.Equal(["If-Match invalid-header", "If-None-Match invalid-header", "createMissing invalid-parameter"], problem.Errors().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Words_of_the_sender_cannot_break_the_answer()
    {
        var problem = await newsroom.Reader.GetAsync("/v1/articles?%22%3E%3Cscript%3E=1").ProblemAsync(400, "unknown-parameter");

        Assert.Equal("\"><script>", problem.GetProperty("errors")[0].Text("parameter"));
    }
}
