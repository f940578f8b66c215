using Galley.Content;

namespace Galley.Tests.Content;

/// <summary>The integer that orders all lists.</summary>
public sealed class PositionTests
{
    private static readonly Guid Article = Guid.Parse("5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11");

    [Theory]
    [InlineData("1700-01-01T00:00:00Z", "1700-01-01T00:00:00.001Z")]
    [InlineData("1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z")]
    [InlineData("2026-01-15T09:00:00Z", "2026-01-15T09:00:00.001Z")]
    [InlineData("2200-12-31T23:59:59.998Z", "2200-12-31T23:59:59.999Z")]
    public void A_later_instant_stands_higher_whatever_the_ids(string earlier, string later)
    {
        var highest = Guid.Parse("ffffffff-ffff-4fff-bfff-ffffffffffff");
        var lowest = Guid.Parse("00000000-0000-4000-8000-000000000000");

        Assert.True(Position.Of(At(earlier), highest).Other.Value < Position.Of(At(later), lowest).Value);
    }

    [Fact]
    public void The_floor_of_an_instant_parts_it_from_what_is_older()
    {
        var instant = At("2026-01-15T09:00:00Z");

        Assert.True(Position.Floor(instant).Value <= Position.Of(instant, Article).Value);
        Assert.True(Position.Floor(instant).Value > Position.Of(At("2026-01-15T08:59:59.999Z"), Article).Other.Value);
        Assert.True(Position.Floor(At("2026-01-15T09:00:00.001Z")).Value > Position.Of(instant, Article).Other.Value);
    }

    [Fact]
    public void Two_editions_of_an_article_stand_side_by_side()
    {
        var place = Position.Of(At("2026-01-15T09:00:00Z"), Article);

        Assert.Equal(1, Math.Abs(place.Other.Value - place.Value));
        Assert.Equal(place, place.Other.Other);
        Assert.Equal(place.WithoutEdition, place.Other.WithoutEdition);
    }

    [Fact]
    public void The_next_place_is_neither_edition_of_this_one()
    {
        var place = Position.Of(At("2026-01-15T09:00:00Z"), Article);

        Assert.NotEqual(place.WithoutEdition, place.Next.WithoutEdition);
        Assert.True(place.Next.Value > place.Other.Value);
    }

    private static Instant At(string text) => Instant.TryParse(text, out var instant) ? instant : throw new FormatException(text);
}
