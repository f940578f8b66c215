using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Feeds;

/// <summary>A feed reader that needs a key is asked for a name and a password, which it knows how to send.</summary>
public sealed class FeedCredentialsTests(FeedCredentialsTests.ClosedNewsroom newsroom) : IClassFixture<FeedCredentialsTests.ClosedNewsroom>
{
    [Fact]
    public async Task Feeds_ask_for_both_ways_and_lists_for_one()
    {
        foreach (var format in Feeds.Formats)
        {
            foreach (var client in new[] { newsroom.Reader, newsroom.Client("wrong") })
            {
                var refused = await client.GetAsync(Feeds.Address(format));
                Assert.Equal((401, "Bearer realm=\"galley\", Basic realm=\"galley\""), ((int)refused.StatusCode, refused.Header("WWW-Authenticate")));
            }
        }

        Assert.Equal("Bearer realm=\"galley\"", (await newsroom.Reader.GetAsync("/v1/articles")).Header("WWW-Authenticate"));
    }

    public sealed class ClosedNewsroom : Newsroom
    {
        protected override IEnumerable<string> Settings => ["--Galley:AnonymousRead=false"];
    }
}
