using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Galley.Storage;
using Galley.Tests.Keys.Matrix;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Contract;

/// <summary>Every write of management can be tried: the same answer, and no row, no number and no kept answer is another.</summary>
public sealed partial class DryRunTests(Stage stage) : IClassFixture<Stage>
{
    // What is told once, and what a dry run cannot know: it is given when it is kept.
    private static readonly string[] Secrets = ["key", "url", "secretWithheld"];

    public static TheoryData<string> Writes() =>
        [.. ContractDocument.Committed.Operations.Where(operation => operation.IsManagement && operation.Method != "GET").Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Answers_as_the_write_would_and_writes_nothing(string operation)
    {
        await AssertLeavesNoTraceAsync(await Calls.Succeeding[operation](stage));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Is_declared_at_every_write(string operation)
    {
        var declared = ContractDocument.Committed.Operations.Single(each => each.Id == operation).ParametersIn("query").Where(parameter => ContractOperation.NameOf(parameter) == "dryRun");

        Assert.Equal("boolean", Assert.Single(declared).GetProperty("schema").Text("type"));
        var problem = await (await Calls.Succeeding[operation](stage)).Asking("dryRun=yes").SendAsync(stage.Reader).ProblemAsync(400, "invalid-parameter");
        Assert.Equal(["dryRun invalid-parameter"], problem.Errors());
    }

    [Fact]
    public async Task Tells_of_all_warnings_and_makes_no_section_and_no_tag()
    {
        var story = Given.Article().With("section", new { breadcrumb = new[] { Own.Word("Desk"), Own.Word("Corner") } }).Tagged(Own.Tag())
            .With("body", new { html = "<p>Text</p><script>x</script>" }).With("related", new[] { new { source = "wire", externalId = Own.Word("nothing") } });
        var call = Call.Manage(HttpMethod.Put, $"{Calls.OwnAddress(story.ExternalId)}?createMissing=sections,tags", story.Build());

        var answer = await (await AssertLeavesNoTraceAsync(call)).JsonAsync();

        Assert.Equal(["/body/html dropped-element", "/related/0 related-missing"], answer.Warnings());
    }

    [Fact]
    public async Task Publishes_nothing()
    {
        var draft = await stage.Admin.PushedAsync(Given.Article().AsDraft());

        await AssertLeavesNoTraceAsync(Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{draft.Text("id")}/publish"));
    }

    [Fact]
    public async Task Renames_no_section_in_its_articles()
    {
        var section = Own.Section();
        await stage.Admin.PushedAsync(Given.Article().In(section));

        await AssertLeavesNoTraceAsync(Call.Manage(HttpMethod.Put, $"/v1/manage/sections/{section}", new { names = new { en = "Another name" } }));
    }

    [Fact]
    public async Task Refuses_what_the_write_would_refuse()
    {
        var article = await stage.LiveAsync();

        var problem = await Call.Manage(HttpMethod.Put, $"/v1/manage/articles/{article.Text("id")}?dryRun=true", Given.Article().Build()).With("If-Match", "\"another\"")
            .SendAsync(stage.Reader).ProblemAsync(412, "revision-mismatch");

        Assert.Equal(article.Text("etag"), problem.Text("etag"));
    }

    [Fact]
    public async Task Shows_no_key_that_would_work()
    {
        var made = await stage.Admin.PostAsync("/v1/manage/keys?dryRun=true", Json.Body(new { scopes = new[] { "content:read" } })).AnsweredAsync(201);

        Assert.False(made.Has("key"));
        Assert.True(made.Flag("secretWithheld"));
        await stage.Admin.GetAsync($"/v1/manage/keys/{made.Text("id")}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Suggests_its_name()
    {
        var problem = await stage.Admin.PostAsync("/v1/manage/tag-merges?dryrun=true", Json.Body(new { from = "place:a", into = "place:b" })).ProblemAsync(400, "unknown-parameter");

        Assert.Equal("dryRun", problem.GetProperty("errors")[0].Text("suggestion"));
    }

    // First tried, then done: what was said must come true.
    private async Task<HttpResponseMessage> AssertLeavesNoTraceAsync(Call call)
    {
        var commits = stage.Services.GetRequiredService<Commits>();
        using var tables = new TableHash(stage.DatabasePath);
        var before = (tables.Now(), commits.No);

        var tried = await call.Asking("dryRun=true").SendAsync(stage.Reader);

        Assert.Equal(before, (tables.Now(), commits.No));
        var done = await call.SendAsync(stage.Reader);
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
        var said = await SaidAsync(done);
        Assert.NotEqual(said.Contains("\"outcome\": \"unchanged\"", StringComparison.Ordinal), before != (tables.Now(), commits.No));
        Assert.Equal(said, await SaidAsync(tried));
        return tried;
    }

    private static async Task<string> SaidAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var body = text.Length == 0 ? null
            : response.Content.Headers.ContentType?.MediaType == "application/x-ndjson" ? new JsonObject { ["lines"] = new JsonArray([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))]) }
            : JsonNode.Parse(text)!.AsObject();
        var shown = Secrets.Where(secret => body?.ContainsKey(secret) == true).ToList();
        shown.ForEach(secret => body!.Remove(secret));
        if (response.StatusCode == System.Net.HttpStatusCode.Created)
            body?.Remove("id");

        var headers = new[] { "ETag", "Location", "Content-Location", "Content-Type" }.Select(name => $"{name}: {response.Header(name)}");
        return Ids().Replace(string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{body}\n{shown.Count > 0}"), "an id");
    }

    // Of articles, with the tags and slugs made of them; of keys and links, in the address of what was made.
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|(?<=\"|u0022)[0-9a-f]{8}(?=-[0-9]+)|(?<=-)[0-9a-f]{6}(?=\"|\\.)|(?<=Location: /v1/manage/(keys|articles/an id/preview-links)/)\\w+|(?<=preview-links/)\\w+")]
    private static partial Regex Ids();
}
