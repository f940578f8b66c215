using System.Globalization;

namespace Galley.Delivery.Articles;

/// <summary>A place in the order of updates: an instant, and of what was updated then a position. What stands right there lies behind it, in either direction.</summary>
internal readonly record struct UpdatedPlace(long UpdatedAt, long Position) : IComparable<UpdatedPlace>
{
    /// <summary>The place from which, the other way, what stands right here lies ahead.</summary>
    public UpdatedPlace Including(bool isBackward) => this with { Position = isBackward ? Position + 1 : Position - 1 };

    public int CompareTo(UpdatedPlace other) => (UpdatedAt, Position).CompareTo((other.UpdatedAt, other.Position));

    public static UpdatedPlace Parse(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return new UpdatedPlace(
            long.Parse(text.AsSpan(0, space), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            long.Parse(text.AsSpan(space + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{UpdatedAt} {Position}");
}
