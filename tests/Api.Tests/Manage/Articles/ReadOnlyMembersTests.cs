using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Members that only the server decides: sent back they are welcome, changed they are refused.</summary>
public sealed class ReadOnlyMembersTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("etag", "\"\\ud800\"")]
    [InlineData("state", "\"\\ud800\"")]
    [InlineData("createdAt", "\"\\ud800\"")]
    [InlineData("source", "{\"\\ud800\":1}")]
    public async Task Half_a_surrogate_pair_is_a_changed_one(string member, string value)
    {
        var story = Given.Article();
        await newsroom.Admin.PushedAsync(story);

        var problem = await newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}", Json.Raw($$"""{"language":"en","{{member}}":{{value}}}""")).ProblemAsync(422, "validation-failed");

        Assert.Equal([$"/{member} read-only"], problem.Errors());
    }

    [Theory]
    [InlineData("id", "\"5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11\"")]
    [InlineData("type", "\"video\"")]
    [InlineData("version", "2")]
    [InlineData("revision", "7")]
    [InlineData("etag", "\"\\\"other\\\"\"")]
    [InlineData("state", "\"draft\"")]
    [InlineData("hasDraft", "true")]
    [InlineData("allowed", "[\"takedown\"]")]
    [InlineData("pendingAt", "\"2030-01-01T00:00:00Z\"")]
    [InlineData("unpublishAt", "\"2030-01-01T00:00:00Z\"")]
    [InlineData("source", "{\"slug\":\"other\"}")]
    [InlineData("externalId", "\"other\"")]
    [InlineData("direction", "\"rtl\"")]
    [InlineData("path", "\"en/other\"")]
    [InlineData("wordCount", "1000000")]
    [InlineData("readingMinutes", "99")]
    [InlineData("firstPublishedAt", "\"2001-01-01T00:00:00Z\"")]
    [InlineData("updatedAt", "\"2001-01-01T00:00:00Z\"")]
    [InlineData("createdAt", "\"2001-01-01T00:00:00Z\"")]
    [InlineData("modifiedAt", "\"2001-01-01T00:00:00Z\"")]
    public async Task A_changed_one_is_refused_by_name(string member, string value)
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var problem = await newsroom.Admin.PutBackAsync(read, (member, JsonSerializer.Deserialize<JsonElement>(value))).ProblemAsync(422, "validation-failed");

        Assert.Equal([$"/{member} read-only"], problem.Errors());
        Assert.Equal(1, (await newsroom.Admin.ManagedAsync(read.Text("id"))).Number("revision"));
    }

    [Fact]
    public async Task One_that_is_sent_as_null_is_left_out()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var back = await newsroom.Admin.PutBackAsync(read, ("id", null), ("version", null), ("createdAt", null), ("allowed", null)).AnsweredAsync(200);

        Assert.Equal("unchanged", back.Text("outcome"));
    }

    [Fact]
    public async Task A_new_article_has_none_yet_and_takes_none()
    {
        var story = Given.Article().With("id", Guid.NewGuid().ToString()).With("createdAt", "2025-01-01T00:00:00Z").With("pendingAt", null);

        var problem = await newsroom.Admin.PushAsync(story).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/createdAt read-only", "/id read-only"], problem.Errors().Order());
    }

    [Fact]
    public async Task They_are_reported_together_with_everything_else()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var problem = await newsroom.Admin.PutBackAsync(read, ("version", 9), ("urgency", 12), ("section", Own.Section()), ("colour", "red")).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/colour unknown-member", "/section unknown-section", "/urgency out-of-range", "/version read-only"], problem.Errors());
    }

    [Fact]
    public async Task What_a_write_said_of_itself_is_ignored()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        await newsroom.Admin.PutBackAsync(read, ("outcome", "anything"), ("warnings", new[] { new { pointer = "/x", code = "y", detail = "z" } })).AnsweredAsync(200);
    }

    [Fact]
    public async Task Members_of_delivery_that_management_does_not_have_are_unknown()
    {
        var problem = await newsroom.Admin.PushAsync(Given.Article().With("breaking", false).With("translations", Array.Empty<object>())).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/breaking unknown-member", "/translations unknown-member"], problem.Errors());
    }
}
