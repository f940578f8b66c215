using Galley.Http;

namespace Galley.Tests.Http;

/// <summary>Which name a sender probably meant.</summary>
public sealed class SuggestionTests
{
    private static readonly string[] Names = ["section", "sort", "tags", "language", "publishedAfter", "publishedBefore", "limit", "cursor"];

    [Theory]
    [InlineData("sectoin", "section")]
    [InlineData("Section", "section")]
    [InlineData("sections", "section")]
    [InlineData("tag", "tags")]
    [InlineData("lang", null)]
    [InlineData("languag", "language")]
    [InlineData("published_after", "publishedAfter")]
    [InlineData("q", null)]
    [InlineData("headline", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_suggested_and_no_far_one(string sent, string? suggestion) => Assert.Equal(suggestion, Suggestion.For(sent, Names));

    [Fact]
    public void A_name_of_absurd_length_is_not_compared_at_all() => Assert.Null(Suggestion.For(new string('s', 1_000_000), Names));

    [Fact]
    public void Where_there_are_no_names_there_is_no_suggestion() => Assert.Null(Suggestion.For("section", []));
}
