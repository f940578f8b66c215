using Galley.Publishing;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Delivery.Sections;

/// <summary>How many articles readers are told stand in a section: those they see, at every instant.</summary>
public sealed class SectionCountsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task They_follow_every_write()
    {
        var (top, other) = (Own.Section(), Own.Section());
        var story = Given.Article().In($"{top}/below");
        await newsroom.Admin.PushedAsync(Given.Article().In(top));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        Assert.Equal((2, 1), (await CountAsync(top), await CountAsync($"{top}/below")));

        await newsroom.Admin.PushedAsync(story.Headed("Changed"));
        Assert.Equal((2, 1), (await CountAsync(top), await CountAsync($"{top}/below")));

        await newsroom.Admin.PushedAsync(story.In(top));
        Assert.Equal((2, 0), (await CountAsync(top), await CountAsync($"{top}/below")));

        await newsroom.Admin.PushedAsync(story.In(other));
        Assert.Equal((1, 1), (await CountAsync(top), await CountAsync(other)));

        await newsroom.Admin.UnpublishAsync(id);
        Assert.Equal((1, 0), (await CountAsync(top), await CountAsync(other)));

        await newsroom.Admin.PublishAsync(id);
        Assert.Equal((1, 1), (await CountAsync(top), await CountAsync(other)));

        await newsroom.Admin.DeleteArticleAsync(id);
        Assert.Equal((1, 0), (await CountAsync(top), await CountAsync(other)));
    }

    [Fact]
    public async Task They_leave_out_what_is_hidden()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(section));
        await newsroom.Admin.PushedAsync(Given.Article().In(section).AsDraft());
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", newsroom.Clock.In(TimeSpan.FromDays(1))));

        Assert.Equal(1, await CountAsync(section));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task They_equal_the_list_at_every_millisecond_whether_or_not_it_was_announced(int seed)
    {
        var dice = new Random(seed);
        var sections = new[] { Own.Section(), Own.Section() };
        await newsroom.Admin.PushedAsync(Given.Article().In(sections[0]));
        await newsroom.Admin.PushedAsync(Given.Article().In(sections[1]));
        for (var i = 0; i < 12; i++)
            await ScheduleAsync(sections, dice);

        for (var step = 0; step < 14; step++)
        {
            foreach (var section in sections)
                Assert.Equal((await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={section}&limit=100")).Count, await CountAsync(section));

            switch (dice.Next(4))
            {
                case 0:
                    await newsroom.SettleAsync();
                    break;
                case 1:
                    await newsroom.Admin.PushedAsync(Given.Article().In(sections[dice.Next(2)]));
                    break;
                default:
                    break;
            }

            newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    // Something that happens within the next milliseconds: an appearance, an end, a move to the other section.
    private async Task ScheduleAsync(string[] sections, Random dice)
    {
        var story = Given.Article().In(sections[dice.Next(2)]);
        var start = dice.Next(1, 8);
        if (dice.Next(2) == 0)
            story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromMilliseconds(start)));
        if (dice.Next(2) == 0)
            story.With("expiresAt", newsroom.Clock.In(TimeSpan.FromMilliseconds(start + dice.Next(1, 6))));

        var pushed = await newsroom.Admin.PushedAsync(story);
        if (pushed.Text("state") != "live" || dice.Next(2) == 0)
            return;

        await newsroom.Admin.PushedAsync(story.In(sections[dice.Next(2)]).Without("expiresAt").AsDraft());
        await newsroom.Admin.PublishAsync(pushed.Text("id"), new { at = newsroom.Clock.In(TimeSpan.FromMilliseconds(dice.Next(1, 10))) }).AnsweredAsync(200);
    }

    private async Task<long> CountAsync(string section)
    {
        var response = await newsroom.Reader.GetAsync($"/v1/sections/{section}");
        return (int)response.StatusCode == 404 ? 0 : (await response.JsonAsync()).Number("articleCount");
    }
}

/// <summary>A newsroom whose announcements never come: every write goes on beside transitions that are due.</summary>
public sealed class UnannouncedNewsroom : Newsroom
{
    protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(new Due(_ => new ValueTask<bool>(false), session => session.NextDueAsync())));
}

/// <summary>Between two portions of announcements, as when ten thousand stories are due in one second, the counts are right too.</summary>
public sealed class SectionCountsBetweenPortionsTests(UnannouncedNewsroom newsroom) : IClassFixture<UnannouncedNewsroom>
{
    [Fact]
    public async Task They_equal_the_list_although_other_writes_were_committed()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(section));
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(1))));
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(1))));
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(1))).With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(2))));

        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        await newsroom.Admin.PushedAsync(Given.Article().In(section));
        await EqualsTheListAsync(section, 4);

        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        await newsroom.Admin.PushedAsync(Given.Article().In(section));
        await EqualsTheListAsync(section, 4);
    }

    private async Task EqualsTheListAsync(string section, int count)
    {
        Assert.Equal(count, (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}")).Data().Count);
        Assert.Equal(count, (await newsroom.Reader.GetJsonAsync($"/v1/sections/{section}")).Number("articleCount"));
    }
}
