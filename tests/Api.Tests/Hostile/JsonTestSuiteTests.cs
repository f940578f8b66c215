using System.Net;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Hostile;

/// <summary>Every document of JSONTestSuite as a body: what is not JSON is 400, what is JSON and no article is 422, and nothing is a crash.</summary>
public sealed class JsonTestSuiteTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [MaterialFact]
    public async Task Every_document_gets_a_clear_refusal_or_is_accepted()
    {
        var cases = Material.Lines("hostile", "jsontestsuite.ndjson").ToList();
        Assert.True(cases.Count > 300);

        foreach (var each in cases)
        {
            using var push = Json.Raw(each.GetProperty("base64").GetBytesFromBase64());
            using var key = Json.Raw(each.GetProperty("base64").GetBytesFromBase64());
            await CheckAsync(each, await newsroom.Admin.PutAsync("/v1/manage/sources/hostile/articles/json", push));
            await CheckAsync(each, await newsroom.Admin.PostAsync("/v1/manage/keys", key));
        }
    }

    private static async Task CheckAsync(JsonElement each, HttpResponseMessage answer)
    {
        var name = each.Text("name");
        Assert.True((int)answer.StatusCode < 500, $"{name} answered {(int)answer.StatusCode}");

        // Two of them are larger than a small body may be.
        if (answer.StatusCode == HttpStatusCode.RequestEntityTooLarge && each.GetProperty("bytes").GetInt32() > 64 * 1024)
            return;

        switch (each.Text("expect"))
        {
            case "reject":
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{name} answered {(int)answer.StatusCode}");
                Assert.Equal("invalid-json", (await answer.JsonAsync()).Text("code"));
                break;
            case "accept":
                Assert.True(answer.StatusCode is HttpStatusCode.UnprocessableEntity || IsDuplicateMember(name), $"{name} answered {(int)answer.StatusCode}");
                break;
            default:
                Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{name} answered {(int)answer.StatusCode}");
                break;
        }

        if (!answer.IsSuccessStatusCode)
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    // RFC 8259 leaves a member given twice to the reader; the contract refuses it.
    private static bool IsDuplicateMember(string name) => name.Contains("duplicated_key", StringComparison.Ordinal);
}
