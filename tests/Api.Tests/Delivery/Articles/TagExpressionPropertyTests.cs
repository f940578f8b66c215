using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>Random filters over random articles find exactly what a naive reading of the grammar finds, in the right order.</summary>
public sealed class TagExpressionPropertyTests(RandomArchive archive) : IClassFixture<RandomArchive>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_tags_expression_alone(int seed)
    {
        var dice = new Random(seed);
        for (var round = 0; round < 25; round++)
        {
            var expression = RandomFilter.Expression(dice, 3);
            await archive.FindsExactlyAsync(new RandomFilter($"tags={Uri.EscapeDataString(expression.Text)}&sort=newest", expression.Holds, "newest"), limit: 100);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Together_with_sections_languages_dates_sorts_and_small_pages(int seed)
    {
        var dice = new Random(seed);
        for (var round = 0; round < 15; round++)
        {
            var filter = RandomFilter.Any(dice);
            var limit = dice.Next(4) switch { 0 => 1, 1 => 3, 2 => dice.Next(4, 30), _ => 100 };
            await archive.FindsExactlyAsync(filter, limit);
        }
    }
}
