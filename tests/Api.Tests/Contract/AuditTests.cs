using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>Every write of management leaves one entry in the audit trail, that says who did what. That a refused one leaves none is seen at every answer; that a dry run and a repetition leave none, where they are tested.</summary>
public sealed class AuditTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly string[] Kinds = ["article", "section", "tag", "key", "preview-link", "backup"];

    public static TheoryData<string> Writes() =>
        [.. ContractDocument.Committed.Operations.Where(operation => operation.IsManagement && operation.Method != "GET").Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task One_entry_says_who_did_what(string operation)
    {
        var call = await ChangingAsync(operation);
        var last = stage.LastEntry();

        var response = await call.SendAsync(stage.Reader);

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        var entry = Assert.Single(stage.EntriesBehind(last));
        Assert.Equal((operation == "PushArticles" ? "PushArticles.put" : operation, "admin", stage.Clock.GetUtcNow().ToUnixTimeMilliseconds()), (entry.Operation, entry.KeyId, entry.At));
        Assert.Contains(entry.Kind, Kinds);
        Assert.Matches("^[0-9A-Z]+:[0-9A-F]{8}$", entry.TraceId);
        Assert.False(string.IsNullOrEmpty(entry.Name));
        Assert.Equal(entry.Kind is "article" && entry.Outcome != "created", entry.FromRevision is not null);
        if (response.Header("ETag") is { } tag)
            Assert.Equal(tag, entry.ToEtag ?? $"\"{entry.Name[..8]}-{entry.ToRevision}\"");
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task What_was_already_so_leaves_none(string operation)
    {
        var call = await Calls.Succeeding[operation](stage);
        await call.SendAsync(stage.Reader);
        var last = stage.LastEntry();

        var again = await call.SendAsync(stage.Reader);

        var isUnchanged = (await again.Content.ReadAsStringAsync()).Contains("\"outcome\":\"unchanged\"", StringComparison.Ordinal);
        Assert.Equal(again.IsSuccessStatusCode && !isUnchanged ? 1 : 0, stage.EntriesBehind(last).Count);
    }

    // What is public already need not be published.
    private async Task<Call> ChangingAsync(string operation) => operation switch
    {
        "PublishArticle" => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await stage.UnpublishedAsync()).Text("id")}/publish"),
        "PublishOwnArticle" => Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/publish", new { externalId = (await stage.UnpublishedAsync()).Text("externalId") }),
        _ => await Calls.Succeeding[operation](stage),
    };
}
