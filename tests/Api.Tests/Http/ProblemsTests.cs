using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>Every refusal has one form (RFC 9457), whatever refused.</summary>
public sealed class ProblemsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("POST", "/v1/articles", 405)]
    [InlineData("POST", "/health/live", 405)]
    [InlineData("GET", "/v1/articles/7", 404)]
    [InlineData("GET", "/v1/articles?x=1", 400)]
    [InlineData("GET", "/v1/articles?cursor=x", 400)]
    [InlineData("GET", "/v1/articles/by-path/a//b", 400)]
    [InlineData("GET", "/v1/articles/by-path/%FF", 400)]
    [InlineData("GET", "/v1/articles/a/../b", 400)]
    [InlineData("PUT", "/v1/manage/sources/wire/articles/a", 415)]
    [InlineData("POST", "/v1/manage/keys", 415)]
    [InlineData("DELETE", "/v1/manage/keys/x", 404)]
    [InlineData("GET", "/v1/manage/articles/7", 404)]
    [InlineData("GET", "/problems/no-such-problem", 404)]
    public async Task Each_has_the_same_members(string method, string target, int status)
    {
        var answer = await newsroom.RawAsync(method, target, Newsroom.AdminKey);

        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        var problem = answer.Json();
        Assert.Equal(["type", "title", "status", "detail", "instance", "code", "traceId"], problem.Members().Take(7));
        Assert.Equal(status, problem.Number("status"));
        Assert.Equal($"/problems/{problem.Text("code")}", problem.Text("type"));
        Assert.Equal(target.Split('?')[0], problem.Text("instance"));
        Assert.All(["title", "detail", "traceId"], member => Assert.NotEmpty(problem.Text(member)));
    }

    [Fact]
    public async Task Every_type_leads_to_a_page_that_says_how_to_fix_it()
    {
        var list = await newsroom.Reader.GetStringAsync(new Uri("/problems", UriKind.Relative));
        foreach (var kind in Galley.Http.Problems.Catalogue)
        {
            var response = await newsroom.Reader.GetAsync($"/problems/{kind.Code}");

            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal("text/html; charset=utf-8", response.Header("Content-Type"));
            Assert.Contains(kind.Code, list, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_refusals_of_one_kind_differ_only_in_where_and_which()
    {
        var first = await newsroom.Reader.GetAsync("/v1/articles/7").ProblemAsync(404, "not-found");
        var second = await newsroom.Reader.GetAsync("/v1/tags/place/nothing").ProblemAsync(404, "not-found");

        Assert.Equal(
            first.EnumerateObject().Where(member => member.Name is not ("instance" or "traceId")).Select(member => member.Value.GetRawText()),
            second.EnumerateObject().Where(member => member.Name is not ("instance" or "traceId")).Select(member => member.Value.GetRawText()));
        Assert.NotEqual(first.Text("traceId"), second.Text("traceId"));
    }

    [Fact]
    public async Task An_error_says_what_is_wrong_for_programs_and_for_people()
    {
        var problem = await newsroom.Admin.PushAsync(Given.Article().With("kicker", new string('x', 201)).With("headlin", 1)).ProblemAsync(422, "validation-failed");

        Assert.Equal(["pointer", "code", "detail", "suggestion"], problem.GetProperty("errors")[0].Members());
        Assert.Equal(["pointer", "code", "detail", "limit"], problem.GetProperty("errors")[1].Members());
    }

    [Fact]
    public async Task None_shows_the_inside_of_the_server()
    {
        foreach (var body in new[] { "{", "[]", """{"language":7}""", """{"language":"en","body":{"blocks":[{"type":"x"}]}}""", new string('[', 5_000) })
        {
            var text = await (await newsroom.Admin.PutAsync("/v1/manage/sources/wire/articles/a", Json.Raw(body))).Content.ReadAsStringAsync();

            foreach (var inside in new[] { "Exception", "   at ", "System.", "Galley.", "Sqlite", "LineNumber", "BytePosition", "/src/" })
                Assert.DoesNotContain(inside, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Every_error_code_of_a_push_is_one_word_of_lower_case_letters()
    {
        var story = Given.Article().Written("??").With("urgency", 99).With("tags", new object[] { "x", 7 }).With("publishedAt", "x").With("canonicalUrl", "x").With("x", "x");

        var problem = await newsroom.Admin.PushAsync(story).ProblemAsync(422, "validation-failed");

        Assert.All(problem.GetProperty("errors").EnumerateArray().Select(error => error.Text("code")), code => Assert.Matches("^[a-z]+(-[a-z]+)*$", code));
        Assert.Equal(JsonValueKind.String, problem.GetProperty("errors")[0].GetProperty("detail").ValueKind);
    }
}
