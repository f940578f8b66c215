using System.Globalization;

namespace Galley.Delivery.Search;

/// <summary>Where a walk over what was found goes on: in which rank, from which position on, and how much was found before.</summary>
internal readonly record struct SearchPlace(int Rank, long At, int Seen)
{
    public static SearchPlace? Parse(string text) =>
        text.Split(' ') is [var rank, var at, var seen]
        && int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var ofRank)
        && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place)
        && int.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new SearchPlace(ofRank, place, count)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rank} {At} {Seen}");
}
