using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Delivery.Articles;

/// <summary>Whoever looked at the clock before the writer changed something, and at the data after, sees the present state and no hole between the two.</summary>
public sealed class ReadingDuringWritesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task An_article_that_was_published_again_meanwhile_is_found()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);
        var before = Now();
        newsroom.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await newsroom.Admin.PublishAsync(id).AnsweredAsync(200);

        await AssertFoundAsync(id, before);
    }

    [Fact]
    public async Task An_article_whose_update_took_over_meanwhile_is_found()
    {
        var story = Given.Article().With("related", new[] { new { source = "wire", externalId = "none" } });
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Update").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromMilliseconds(5)) }).AnsweredAsync(200);
        var before = Now();
        newsroom.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await newsroom.SettleAsync();

        await AssertFoundAsync(id, before);
    }

    [Fact]
    public async Task A_session_that_is_given_back_twice_is_given_out_once()
    {
        var database = newsroom.Services.GetRequiredService<Database>();
        var session = await database.ReadAsync(CancellationToken.None);
        session.Dispose();
        session.Dispose();

        var lent = new List<ReadSession>();
        using var tooMany = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (true)
                lent.Add(await database.ReadAsync(tooMany.Token));
        });
        lent.ForEach(each => each.Dispose());

        Assert.Equal(Math.Max(4, 2 * Environment.ProcessorCount), lent.Count);
    }

    private Instant Now() => newsroom.Services.GetRequiredService<Clock>().Now;

    private async Task AssertFoundAsync(string id, Instant before)
    {
        var reader = newsroom.Services.GetRequiredService<ArticleReader>();
        var path = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("path");

        Assert.IsType<Finding.Found>(await reader.FindAsync(Guid.Parse(id), Galley.Http.ContentLimits.None, before, CancellationToken.None));
        Assert.IsType<Finding.Found>(await reader.FindByPathAsync(path, Galley.Http.ContentLimits.None, before, CancellationToken.None));
    }
}
