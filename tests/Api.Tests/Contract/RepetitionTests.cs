using System.Text.Json.Nodes;
using Galley.Tests.Keys.Matrix;
using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>Every POST of management that is sent again under its Idempotency-Key counts once: the same answer, and no row is another.</summary>
public sealed class RepetitionTests(Stage stage) : IClassFixture<Stage>
{
    public static TheoryData<string> Posts() =>
        [.. ContractDocument.Committed.Operations.Where(operation => operation.IsManagement && operation.Method == "POST" && operation.ParametersIn("header").Any(IsKey)).Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task Is_answered_as_it_was_and_writes_nothing(string operation)
    {
        var call = (await Calls.Succeeding[operation](stage)).With("Idempotency-Key", Own.Word("key"));
        var first = await call.SendAsync(stage.Reader);
        Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync());
        using var tables = new TableHash(stage.DatabasePath);
        var before = tables.Now();

        var second = await call.SendAsync(stage.Reader);

        Assert.Equal(before, tables.Now());
        Assert.Null(first.Header("Idempotency-Replayed"));
        Assert.Equal("true", second.Header("Idempotency-Replayed"));
        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.All(new[] { "ETag", "Location", "Content-Location", "Content-Type" }, name => Assert.Equal(first.Header(name), second.Header(name)));
        await AssertSameAsync(first, second);
    }

    // Each line of a bulk request can be sent again as it is: there the key is taken and has no effect.
    [Fact]
    public void Is_offered_at_every_post_that_writes_but_bulk() =>
        Assert.Equal(
            ContractDocument.Committed.Operations.Where(operation => operation.IsManagement && operation.Method == "POST" && operation.Id != "PushArticles").Select(operation => operation.Id),
            ContractDocument.Committed.Operations.Where(operation => operation.ParametersIn("header").Any(IsKey)).Select(operation => operation.Id));

    private static bool IsKey(System.Text.Json.JsonElement parameter) => ContractOperation.NameOf(parameter) == "Idempotency-Key";

    // Byte for byte, but for what is told once.
    private static async Task AssertSameAsync(HttpResponseMessage first, HttpResponseMessage second)
    {
        var (told, again) = (await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        var body = JsonNode.Parse(told)!.AsObject();
        if (!body.Remove("key") & !body.Remove("url"))
        {
            Assert.Equal(told, again);
            return;
        }

        var repeated = JsonNode.Parse(again)!.AsObject();
        Assert.True(repeated.Remove("secretWithheld", out var isWithheld) && (bool)isWithheld!);
        Assert.Equal(body.ToJsonString(), repeated.ToJsonString());
    }
}
