using System.Globalization;
using System.Text.Json;
using Galley.Manage.ArticleList;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.ArticleList;

/// <summary>Whatever is asked for in whatever order, on pages of any size and however little may be read for one: found is just what the articles themselves say.</summary>
public sealed class RandomManagedListTests
{
    private static readonly string[] Sections = ["a", "a/b", "a/b/c", "d"];
    private static readonly string[] Languages = ["en", "fr", "fr-CA"];
    private static readonly string[] Tags = ["place:p", "person:q", "event:e"];
    private static readonly string[] States = ["draft", "scheduled", "live", "expired", "unpublished", "taken-down"];

    [Theory]
    [InlineData(1, 5_000, 8_000_000)]
    [InlineData(2, 7, 8_000_000)]
    [InlineData(3, 5_000, 1_500)]
    [InlineData(4, 12, 1_000)]
    public async Task Finds_just_what_the_articles_say(int seed, int articles, long bytes)
    {
        await using var newsroom = new ThriftyNewsroom(new ManagedListBudget(articles, bytes));
        await newsroom.InitializeAsync();
        var dice = new Random(seed);
        var ids = await WriteAsync(newsroom, dice);
        newsroom.Clock.Advance(TimeSpan.FromDays(1));
        var all = await Task.WhenAll(ids.Select(newsroom.Admin.ManagedAsync));
        var latest = all.Select((article, i) => (article, i)).OrderByDescending(pair => pair.article.GetProperty("modifiedAt").GetDateTimeOffset()).ThenByDescending(pair => pair.i).Select(pair => pair.article).ToList();

        for (var round = 0; round < 60; round++)
        {
            var filters = Enumerable.Range(0, dice.Next(1, 4)).Select(_ => Filter(dice, newsroom)).DistinctBy(filter => filter.Query.Split('=')[0]).ToList();
            var isByCreation = dice.Next(2) == 0;
            var query = $"sort={(isByCreation ? "created" : "modified")}&limit={dice.Next(1, 12)}&{string.Join('&', filters.Select(filter => filter.Query))}";

            var expected = (isByCreation ? all : latest.AsEnumerable()).Where(article => filters.All(filter => filter.Holds(article))).Select(article => article.Text("id"));

            Assert.True(expected.SequenceEqual(await newsroom.Admin.WalkedAsync(query)), query);
        }
    }

    private static async Task<IReadOnlyList<string>> WriteAsync(ThriftyNewsroom newsroom, Random dice)
    {
        var ids = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            var (story, source) = (Story(dice, newsroom), dice.Next(3) == 0 ? "other" : "wire");
            ids.Add((await newsroom.Admin.PushedAsync(story, source)).Text("id"));
            if (dice.Next(2) == 0)
                newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
            switch (dice.Next(6))
            {
                case 0:
                    await newsroom.Admin.UnpublishAsync(ids[dice.Next(ids.Count)]).StatusAsync();
                    break;
                case 1:
                    await newsroom.Admin.TakeDownAsync(ids[dice.Next(ids.Count)]).StatusAsync();
                    break;
                case 2:
                case 3:
                    await newsroom.Admin.PushedAsync(story.In(Sections[dice.Next(4)]).With("urgency", dice.Next(1, 10)).AsDraft(), source);
                    break;
                default:
                    break;
            }
        }

        return ids;
    }

    private static Given Story(Random dice, ThriftyNewsroom newsroom)
    {
        var story = Given.Article().Written(Languages[dice.Next(3)]).Tagged([.. Tags.Where(_ => dice.Next(2) == 0)]);
        if (dice.Next(4) > 0)
            story.In(Sections[dice.Next(4)]);
        if (dice.Next(2) == 0)
            story.With("urgency", dice.Next(1, 10));
        if (dice.Next(2) == 0)
            story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(dice.Next(-48, 48))));
        if (dice.Next(3) == 0)
            story.With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(dice.Next(49, 60)))).Without("publishedAt");
        if (dice.Next(3) == 0)
            story.With("breakingUntil", newsroom.Clock.In(TimeSpan.FromHours(dice.Next(1, 48))));

        return dice.Next(3) == 0 ? story.AsDraft() : story;
    }

    private static (string Query, Func<JsonElement, bool> Holds) Filter(Random dice, ThriftyNewsroom newsroom)
    {
        var (section, language, state, tag, other, urgency) =
            (Sections[dice.Next(4)], Languages[dice.Next(3)], States[dice.Next(6)], Tags[dice.Next(3)], Tags[dice.Next(3)], dice.Next(1, 10));
        var instant = newsroom.Clock.In(TimeSpan.FromHours(dice.Next(-60, 20)));
        return dice.Next(10) switch
        {
            0 => ($"section={section}", article => SectionOf(article) is { } path && (path == section || path.StartsWith($"{section}/", StringComparison.Ordinal))),
            1 => ($"section={section}&depth=0", article => SectionOf(article) == section),
            2 => ($"language={language}", article => article.Text("language") == language),
            3 => ($"state={state}", article => article.Text("state") == state),
            4 => ($"tags={tag},-{other}", article => TagsOf(article).Contains(tag) && !TagsOf(article).Contains(other)),
            5 => ($"urgencyMax={urgency}", article => article.Has("urgency") && article.Number("urgency") <= urgency),
            6 => ("hasDraft=true", article => article.Flag("hasDraft")),
            7 => ($"publishedAfter={instant}", article => IsFrom(article, "publishedAt", instant)),
            8 => ($"updatedBefore={instant}", article => article.Has("updatedAt") && !IsFrom(article, "updatedAt", instant)),
            _ => ("breaking=false&source=wire", article => article.GetProperty("source").Text("slug") == "wire" && !(article.Has("breakingUntil") && article.GetProperty("breakingUntil").GetDateTimeOffset() > newsroom.Clock.Now)),
        };
    }

    private static bool IsFrom(JsonElement article, string member, string instant) =>
        article.Has(member) && article.GetProperty(member).GetDateTimeOffset() >= DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    private static string? SectionOf(JsonElement article) => article.Has("section") ? article.GetProperty("section").Text("path") : null;

    private static IReadOnlyList<string> TagsOf(JsonElement article) => [.. article.GetProperty("tags").EnumerateArray().Select(tag => $"{tag.Text("kind")}:{tag.Text("slug")}")];
}
