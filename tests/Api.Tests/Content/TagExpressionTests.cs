using Galley.Content;

namespace Galley.Tests.Content;

/// <summary>The grammar of a filter by tags.</summary>
public sealed class TagExpressionTests
{
    [Theory]
    [InlineData("place:syrie", "place:syrie")]
    [InlineData("place:a,place:b", "(place:a & place:b)")]
    [InlineData("place:a|place:b", "(place:a / place:b)")]
    [InlineData("-place:a", "!place:a")]
    [InlineData("place:a,place:b|place:c", "((place:a & place:b) / place:c)")]
    [InlineData("place:a|place:b,place:c", "(place:a / (place:b & place:c))")]
    [InlineData("-place:a,place:b", "(!place:a & place:b)")]
    [InlineData("-(place:a,place:b)", "!(place:a & place:b)")]
    [InlineData("(place:a|place:b),-event:c", "((place:a / place:b) & !event:c)")]
    [InlineData("((place:a))", "place:a")]
    [InlineData("(((place:a)))", "place:a")]
    [InlineData("place:moyen-orient", "place:moyen-orient")]
    [InlineData("person:بشار-الأسد", "person:بشار-الأسد")]
    public void Not_binds_closest_then_and_then_or(string text, string meaning) => Assert.Equal(meaning, Meaning(TagExpression.Parse(text, out _, out _)!));

    [Theory]
    [InlineData("", 1)]
    [InlineData("place", 1)]
    [InlineData("place:", 1)]
    [InlineData("planet:mars", 1)]
    [InlineData("place:Syrie", 1)]
    [InlineData("place:a,", 9)]
    [InlineData("place:a||place:b", 9)]
    [InlineData(",place:a", 1)]
    [InlineData("--place:a", 2)]
    [InlineData("(place:a", 9)]
    [InlineData("place:a)", 8)]
    [InlineData("()", 2)]
    [InlineData("place:a(place:b)", 8)]
    [InlineData("place:a, place:b", 9)]
    [InlineData("((((place:a))))", 5)]
    public void A_slip_is_refused_with_its_column(string text, int column)
    {
        Assert.Null(TagExpression.Parse(text, out var fault, out var found));

        Assert.NotNull(fault);
        Assert.Equal(column, found);
    }

    [Fact]
    public void Twenty_tags_are_read_and_one_more_is_not()
    {
        var twenty = string.Join('|', Enumerable.Range(1, 20).Select(i => $"place:p{i}"));

        Assert.NotNull(TagExpression.Parse(twenty, out _, out _));
        Assert.Null(TagExpression.Parse(twenty + ",place:p21", out var fault, out _));
        Assert.Contains("20", fault, StringComparison.Ordinal);
    }

    private static string Meaning(TagExpression expression) => expression switch
    {
        TagExpression.Tag(var key) => key.ToString(),
        TagExpression.Not(var term) => $"!{Meaning(term)}",
        TagExpression.All(var terms) => $"({string.Join(" & ", terms.Select(Meaning))})",
        TagExpression.Any(var terms) => $"({string.Join(" / ", terms.Select(Meaning))})",
        _ => throw new ArgumentException("An expression of another kind.", nameof(expression)),
    };
}
