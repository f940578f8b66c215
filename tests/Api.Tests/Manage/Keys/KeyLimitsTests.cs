using System.Text.Json;
using Galley.Http;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Manage.Keys;

/// <summary>A key is for some articles only: the others are not there for it, and what it names outside is refused.</summary>
public sealed class KeyLimitsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Address = "/v1/manage/keys";

    private static readonly string[] Writing = ["content:write", "content:publish", "taxonomy:write", "drafts:read"];

    [Fact]
    public async Task Limits_are_shown_as_they_are_kept()
    {
        var section = await SectionAsync();

        var key = await MakeAsync(new { sources = new[] { "wire", "wire" }, sections = new[] { section }, languages = new[] { "PT-br" } });

        var shown = (await newsroom.Admin.GetJsonAsync($"{Address}/{key.Text("id")}")).GetProperty("limits");
        Assert.Equal(["wire"], shown.Texts("sources"));
        Assert.Equal([section], shown.Texts("sections"));
        Assert.Equal(["pt-BR"], shown.Texts("languages"));
        Assert.False((await MakeAsync(new { })).Has("limits"));
    }

    [Theory]
    [InlineData("embargo:read")]
    [InlineData("ops")]
    [InlineData("partners:manage")]
    [InlineData("webhooks:manage")]
    public async Task What_no_limit_divides_cannot_be_limited(string scope)
    {
        var limits = new { languages = new[] { "fr" } };

        var problem = await newsroom.Admin.PostAsync(Address, Json.Body(new { scopes = new[] { "content:write", scope }, limits })).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/scopes invalid-value"], problem.Errors());
        Assert.Contains("can be limited", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sources":["UPPER"]}""", "/limits/sources/0 invalid-value")]
    [InlineData("""{"sections":["a//b"]}""", "/limits/sections/0 invalid-value")]
    [InlineData("""{"sections":["nowhere/at-all"]}""", "/limits/sections/0 unknown-section")]
    [InlineData("""{"languages":["fr","no language"]}""", "/limits/languages/1 invalid-language")]
    [InlineData("""{"sources":[]}""", "/limits/sources required")]
    [InlineData("""{"states":["draft"]}""", "/limits/states unknown-member")]
    public async Task Limits_that_say_nothing_are_refused(string limits, string error)
    {
        var problem = await newsroom.Admin.PostAsync(Address, Json.Raw($$"""{"scopes":["content:write"],"limits":{{limits}}}""")).ProblemAsync(422, "validation-failed");

        Assert.Equal([error], problem.Errors());
    }

    [Fact]
    public async Task A_source_begins_with_the_first_push_of_a_key_that_is_for_it()
    {
        var (own, other) = (Own.Word("source"), Own.Word("source"));
        var client = await ClientAsync(new { sources = new[] { own } });

        await client.PushAsync(Given.Article(), source: own).AnsweredAsync(201);
        var problem = await client.PushAsync(Given.Article(), source: other).ProblemAsync(403, "outside-constraint");

        Assert.Equal(["source outside-constraint"], problem.Errors());
        await client.GetAsync($"/v1/manage/articles/by-source?source={other}&externalId=a").ProblemAsync(403, "outside-constraint");
        await client.PostAsync($"/v1/manage/sources/{other}/publish", Json.Raw("{")).ProblemAsync(403, "outside-constraint");
    }

    [Fact]
    public async Task A_section_holds_what_is_below_it_also_after_it_has_moved()
    {
        var (section, moved) = (await SectionAsync(), Own.Section());
        var client = await ClientAsync(new { sections = new[] { section } });
        var below = (await client.PushAsync(Given.Article().In($"{section}/deep/deeper")).AnsweredAsync(201)).Text("id");

        await newsroom.Services.GetRequiredService<Writer>().WriteAsync(write => write.ExecuteAsync("update section set path = @moved || substr(path, length(@section) + 1) where path like @section || '%'", new { moved, section }));

        await client.GetAsync($"/v1/manage/articles/{below}").AnsweredAsync(200);
        await client.PushAsync(Given.Article().In($"{moved}/deep"), query: string.Empty).AnsweredAsync(201);
    }

    [Fact]
    public async Task Sections_are_made_below_its_own_only()
    {
        var (section, other) = (await SectionAsync(), await SectionAsync());
        var client = await ClientAsync(new { sections = new[] { section } });

        await client.PushAsync(Given.Article().In($"{section}/new")).AnsweredAsync(201);
        foreach (var outside in new[] { $"{other}/new", Own.Section() })
        {
            Assert.Equal(["/section outside-constraint"], (await client.PushAsync(Given.Article().In(outside)).ProblemAsync(403, "outside-constraint")).Errors());
            Assert.Equal(["/section unknown-section"], (await newsroom.Admin.PushAsync(Given.Article().In(outside), query: string.Empty).ProblemAsync(422, "validation-failed")).Errors());
        }
    }

    [Fact]
    public async Task Whether_a_section_outside_exists_is_not_told()
    {
        var (section, other) = (await SectionAsync(), await SectionAsync());
        var client = await ClientAsync(new { sections = new[] { section } });

        foreach (var outside in new[] { other, Own.Section(), $"{other}/nothing" })
            Assert.Equal(["/section outside-constraint"], (await client.PushAsync(Given.Article().In(outside), query: string.Empty).ProblemAsync(403, "outside-constraint")).Errors());
        Assert.Equal(["/section unknown-section"], (await client.PushAsync(Given.Article().In($"{section}/nothing"), query: string.Empty).ProblemAsync(422, "validation-failed")).Errors());
    }

    [Theory]
    [InlineData("en", "en-GB", 201)]
    [InlineData("en", "en", 201)]
    [InlineData("en-GB", "en", 403)]
    [InlineData("en", "enm", 403)]
    public async Task A_language_holds_its_regions_and_nothing_else(string limit, string language, int status) =>
        Assert.Equal(status, await (await ClientAsync(new { languages = new[] { limit } })).PushAsync(Given.Article().Written(language)).StatusAsync());

    [Fact]
    public async Task All_that_is_outside_is_named_at_once_and_nothing_else()
    {
        var client = await ClientAsync(new { sections = new[] { await SectionAsync() }, languages = new[] { "fr" } });

        var problem = await client.PushAsync(Given.Article().With("urgency", 99)).ProblemAsync(403, "outside-constraint");

        Assert.Equal(["/language outside-constraint", "/section outside-constraint"], problem.Errors());
    }

    [Fact]
    public async Task An_article_can_neither_be_taken_out_nor_fetched_in()
    {
        var (section, other) = (await SectionAsync(), await SectionAsync());
        var client = await ClientAsync(new { sections = new[] { section } });
        var (inside, outside) = (Given.Article().In(section), Given.Article().In(other));
        var id = (await client.PushedAsync(inside)).Text("id");
        await newsroom.Admin.PushedAsync(outside);

        await client.PushAsync(inside.In(other)).ProblemAsync(403, "outside-constraint");
        await client.PushAsync(outside.In(section)).ProblemAsync(404, "not-found");
        await client.PushAsync(inside.Without("section")).ProblemAsync(403, "outside-constraint");

        Assert.Equal(section, (await newsroom.Admin.ManagedAsync(id)).GetProperty("section").Text("path"));
    }

    [Fact]
    public async Task What_readers_see_counts_as_well_as_the_newest_draft()
    {
        var (section, other) = (await SectionAsync(), await SectionAsync());
        var client = await ClientAsync(new { sections = new[] { section } });
        var (leaving, coming) = (Given.Article().In(section), Given.Article().In(other));
        var ids = new[] { (await newsroom.Admin.PushedAsync(leaving)).Text("id"), (await newsroom.Admin.PushedAsync(coming)).Text("id") };
        await newsroom.Admin.PushedAsync(leaving.In(other).AsDraft());
        await newsroom.Admin.PushedAsync(coming.In(section).AsDraft());

        foreach (var id in ids)
        {
            await client.GetAsync($"/v1/manage/articles/{id}").ProblemAsync(404, "not-found");
            await client.PublishAsync(id).ProblemAsync(404, "not-found");
            await client.UnpublishAsync(id).ProblemAsync(404, "not-found");
            await client.DeleteArticleAsync(id).ProblemAsync(404, "not-found");
        }
    }

    [Fact]
    public async Task A_hidden_article_outside_is_as_missing_as_one_that_does_not_exist()
    {
        var section = await SectionAsync();
        var client = await ClientAsync(new { sections = new[] { section } });
        var hidden = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");
        var shown = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        var pushed = await client.PushedAsync(Given.Article().In(section).With("related", new[] { new { id = hidden }, new { id = Guid.NewGuid().ToString() }, new { id = shown } }));

        Assert.Equal(["/related/0 related-missing", "/related/1 related-missing"], pushed.Warnings());
    }

    [Fact]
    public async Task A_limited_key_makes_and_changes_no_wider_one()
    {
        var section = await SectionAsync();
        var wide = (await MakeAsync(new { })).Text("id");
        var client = await ClientAsync(new { sources = new[] { "wire", "own" }, sections = new[] { section }, languages = new[] { "en" } }, [.. Writing, "keys:manage"]);
        Task<HttpResponseMessage> Ask(object limits) => client.PostAsync(Address, Json.Body(new { scopes = new[] { "content:write" }, limits }));

        await Ask(new { sources = new[] { "own" }, sections = new[] { section }, languages = new[] { "en-GB" } }).AnsweredAsync(201);
        Assert.Equal(["/limits/sources outside-constraint"], (await Ask(new { sources = new[] { "own", "other" }, sections = new[] { section }, languages = new[] { "en" } }).ProblemAsync(403, "outside-constraint")).Errors());
        Assert.Equal(["/limits/sections outside-constraint"], (await Ask(new { sources = new[] { "own" }, sections = new[] { section, await SectionAsync() }, languages = new[] { "en" } }).ProblemAsync(403, "outside-constraint")).Errors());
        Assert.Equal(["/limits/sections outside-constraint", "/limits/languages outside-constraint"], (await Ask(new { sources = new[] { "own" } }).ProblemAsync(403, "outside-constraint")).Errors());
        await client.PostAsync($"{Address}/{wide}/rotate", null).ProblemAsync(403, "outside-constraint");
        await client.DeleteAsync($"{Address}/{wide}").ProblemAsync(403, "outside-constraint");
    }

    [Fact]
    public async Task A_limited_key_reads_what_anybody_reads()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        Assert.Equal(200, await (await ClientAsync(new { languages = new[] { "fr" } })).GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 403)]
    public async Task An_operation_that_says_nothing_of_limits_is_closed_to_a_limited_key(bool saysSo, int status)
    {
        object[] metadata = saysSo ? [new Access(AccessKind.Key, ["content:write"]), new LimitsHeeded()] : [new Access(AccessKind.Key, ["content:write"])];
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = "Bearer key";
        context.SetEndpoint(new Endpoint(_ => Task.CompletedTask, new EndpointMetadataCollection(metadata), "an operation"));
        var caller = new Caller("id", new HashSet<string> { "content:write" }, new ContentLimits(["wire"], null, null), ExpiresAt: null);

        await new ApiKeys(_ => Task.CompletedTask, (_, _) => new ValueTask<Caller?>(caller), new ReadingOptions(true)).InvokeAsync(context);

        Assert.Equal(status, context.Response.StatusCode);
    }

    private Task<JsonElement> MakeAsync(object limits, string[]? scopes = null) =>
        newsroom.Admin.PostAsync(Address, Json.Body(new { scopes = scopes ?? Writing, limits })).AnsweredAsync(201);

    private async Task<HttpClient> ClientAsync(object limits, string[]? scopes = null) => newsroom.Client((await MakeAsync(limits, scopes)).Text("key"));

    private async Task<string> SectionAsync()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(section));
        return section;
    }
}
