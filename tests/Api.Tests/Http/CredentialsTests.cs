using System.Net.Http.Headers;
using System.Text;
using Galley.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Http;

/// <summary>Who may come in: management with a key only, delivery anybody, a wrong key nobody.</summary>
public sealed class CredentialsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Every_address_of_management_is_closed_without_a_key()
    {
        var routes = newsroom.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => route.RoutePattern.RawText!.StartsWith("/v1/manage", StringComparison.Ordinal)).ToList();
        Assert.True(routes.Count >= 15);

        foreach (var route in routes)
        {
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                var address = route.RoutePattern.RawText!.Replace("{source}", "wire", StringComparison.Ordinal).Replace("{**externalId}", "a", StringComparison.Ordinal)
                    .Replace("{id}", "5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11", StringComparison.Ordinal).Replace("{keyId}", "x", StringComparison.Ordinal);
                var response = await newsroom.Reader.SendAsync(new HttpMethod(method), address);

                await response.ProblemAsync(401, "missing-credentials");
                Assert.Equal("Bearer realm=\"galley\"", response.Header("WWW-Authenticate"));
                await newsroom.Client("wrong").SendAsync(new HttpMethod(method), address).ProblemAsync(401, "invalid-credentials");
            }
        }
    }

    [Fact]
    public async Task A_key_without_any_scope_of_an_address_is_403_there_whether_or_not_anything_is_there()
    {
        var reader = await newsroom.ClientMayAsync("content:read");
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        foreach (var each in new[] { id, "5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11", "not-an-id" })
        {
            await reader.GetAsync($"/v1/manage/articles/{each}").ProblemAsync(403, "insufficient-scope");
            await reader.ReplaceAsync(each, new { }).ProblemAsync(403, "insufficient-scope");
            await reader.PublishAsync(each).ProblemAsync(403, "insufficient-scope");
            await reader.DeleteArticleAsync(each).ProblemAsync(403, "insufficient-scope");
        }

        var problem = await reader.GetAsync("/v1/manage/keys").ProblemAsync(403, "insufficient-scope");
        Assert.Contains("keys:manage", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content:write", 201, 403, 403)]
    [InlineData("content:publish", 403, 403, 204)]
    [InlineData("content:write content:publish", 201, 201, 204)]
    [InlineData("drafts:read", 403, 403, 403)]
    public async Task Drafting_publishing_and_deleting_need_their_scopes(string scopes, int draft, int publish, int delete)
    {
        var client = await newsroom.ClientMayAsync(scopes.Split(' '));
        var victim = Given.Article();
        await newsroom.Admin.PushedAsync(victim);

        Assert.Equal(draft, await client.PushAsync(Given.Article().AsDraft(), query: string.Empty).StatusAsync());
        Assert.Equal(publish, await client.PushAsync(Given.Article(), query: string.Empty).StatusAsync());
        Assert.Equal(delete, await client.DeleteAsync($"/v1/manage/sources/wire/articles/{victim.ExternalId}").StatusAsync());
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("Token 0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("Bearer gal_live_abcdefgh_00000000000000000000000000000000000000")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    public async Task A_wrong_key_is_401_and_never_anybody_on_delivery_too(string authorization)
    {
        foreach (var address in new[] { "/v1/articles", "/v1/sections", "/v1/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11" })
        {
            var response = await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("Authorization", authorization));

            await response.ProblemAsync(401, "invalid-credentials");
            Assert.Equal("Bearer realm=\"galley\"", response.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task Two_keys_at_once_are_none()
    {
        var answer = await newsroom.RawAsync("GET", "/v1/articles", Newsroom.AdminKey, headers: $"Authorization: Bearer {Newsroom.AdminKey}");

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_any_case() =>
        Assert.Equal(200, await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/manage/keys", ("Authorization", $"bearer {Newsroom.AdminKey}")).StatusAsync());

    [Fact]
    public async Task Delivery_takes_the_key_as_a_password_for_feed_readers_and_management_does_not()
    {
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"any:{Newsroom.AdminKey}"))).ToString();

        var read = await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles", ("Authorization", basic));
        Assert.Equal((200, "no-cache, private"), ((int)read.StatusCode, read.Header("Cache-Control")));
        await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/manage/keys", ("Authorization", basic)).ProblemAsync(401, "invalid-credentials");
    }

    [Theory]
    [InlineData("/v1/articles?key=gal_live_abcdefgh_0123")]
    [InlineData("/v1/articles?gal_live_abcdefgh_0123")]
    [InlineData("/v1/articles/gal_live_abcdefgh_0123")]
    [InlineData("/v1/manage/keys?access_token=gal_test_abcdefgh_0123")]
    [InlineData("/gal_live_abcdefgh_0123")]
    [InlineData("/v1/articles?key=gal%5Flive%5Fabcdefgh_0123")]
    [InlineData("/v1/articles/%67al_live_abcdefgh_0123")]
    public async Task A_key_in_the_address_is_refused_and_not_repeated(string target)
    {
        var answer = await newsroom.RawAsync("GET", target, Newsroom.AdminKey);

        Assert.Equal(400, answer.Status);
        Assert.Equal("key-in-url", answer.Json().Text("code"));
        Assert.DoesNotContain("abcdefgh", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/problems/not-found")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task Addresses_for_everybody_ignore_keys(string address)
    {
        Assert.Equal(200, await newsroom.Reader.GetAsync(address).StatusAsync());
        Assert.Equal(200, await newsroom.Client("wrong").GetAsync(address).StatusAsync());
    }
}

/// <summary>A newsroom whose stories are not for everybody.</summary>
public sealed class ClosedNewsroom : Newsroom
{
    protected override IEnumerable<string> Settings => ["--Galley:AnonymousRead=false"];
}

/// <summary>Where anonymous reading is off, delivery needs a key that may read.</summary>
public sealed class ClosedReadingTests(ClosedNewsroom newsroom) : IClassFixture<ClosedNewsroom>
{
    [Theory]
    [InlineData("/v1/articles")]
    [InlineData("/v1/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11")]
    [InlineData("/v1/articles/by-path/en/a")]
    [InlineData("/v1/sections")]
    [InlineData("/v1/section-tree")]
    [InlineData("/v1/tags")]
    public async Task Nobody_reads_without_a_key(string address)
    {
        var response = await newsroom.Reader.GetAsync(address);

        await response.ProblemAsync(401, "missing-credentials");
        Assert.Equal("no-store", response.Header("Cache-Control"));
        await (await newsroom.ClientMayAsync("content:write")).GetAsync(address).ProblemAsync(403, "insufficient-scope");
    }

    [Fact]
    public async Task A_key_that_may_read_reads()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        var reader = await newsroom.ClientMayAsync("content:read");

        Assert.Equal(200, await reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        Assert.Equal(200, await reader.GetAsync("/v1/articles").StatusAsync());
    }

    [Fact]
    public async Task The_home_page_does_not_say_how_much_there_is()
    {
        await newsroom.Admin.PushedAsync(Given.Article());

        Assert.DoesNotContain("readers can see", await newsroom.Reader.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }
}
