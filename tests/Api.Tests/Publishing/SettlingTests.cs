using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Publishing;

/// <summary>Announcing what the clock has done, where something is wrong with one article.</summary>
public sealed class SettlingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task One_article_that_cannot_be_settled_keeps_nobody_from_writing_or_reading()
    {
        var at = newsroom.Clock.In(TimeSpan.FromMinutes(1));
        var broken = (await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", at))).Text("id");
        var sound = (await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", at))).Text("id");
        await DamageAsync(broken, "{}");

        newsroom.Clock.Advance(TimeSpan.FromMinutes(2));
        await newsroom.Admin.PushedAsync(Given.Article());

        Assert.Equal([("published", sound)], await ChangesAsync(broken, sound));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{broken}").StatusAsync());
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{sound}").StatusAsync());
        Assert.Equal(200, await newsroom.Reader.GetAsync("/health/ready").StatusAsync());
    }

    [Fact]
    public async Task It_is_tried_again_later()
    {
        var broken = (await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(1))))).Text("id");
        var document = await DamageAsync(broken, "{}");
        newsroom.Clock.Advance(TimeSpan.FromMinutes(2));
        await newsroom.SettleAsync();
        await DamageAsync(broken, document);

        newsroom.Clock.Advance(TimeSpan.FromMinutes(61));
        await newsroom.SettleAsync();

        Assert.Equal([("published", broken)], await ChangesAsync(broken));
    }

    // As a disk, or a newer build that went wrong, might: what was written can no longer be read.
    private async Task<string> DamageAsync(string id, string document)
    {
        const string Revision = "article_id = (select id from article where public_id = @id)";
        var writer = newsroom.Services.GetRequiredService<Writer>();
        var before = await writer.WriteAsync(write => write.FindAsync<string>($"select cast(document as text) from revision where {Revision}", new { id }));
        await writer.WriteAsync(write => write.ExecuteAsync($"update revision set document = cast(@document as blob) where {Revision}", new { id, document }));
        return before!;
    }

    private async Task<IEnumerable<(string Kind, string Id)>> ChangesAsync(params string[] ids)
    {
        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        var changes = await session.ListAsync<Change>("select kind, public_id from change order by seq");
        return changes.Where(change => ids.Contains(change.PublicId)).Select(change => (change.Kind, change.PublicId));
    }

    private sealed class Change
    {
        public string Kind { get; init; } = string.Empty;

        public string PublicId { get; init; } = string.Empty;
    }
}
