using System.Globalization;
using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Http;

namespace Galley.Delivery.Tags;

/// <summary>A place in the list of tags: behind a tag, or within the articles of one that were not all looked at yet.</summary>
internal sealed record TagPlace(TagKey Key, long? Position, bool IsBackward)
{
    /// <summary>Where a cursor stands; without one before the first tag.</summary>
    public static TagPlace Of(Cursor? cursor)
    {
        // Kinds and slugs have no colon of their own.
        var parts = (cursor?.Place ?? ":").Split(':', 3);
        return new TagPlace(
            new TagKey(parts[0], parts[1]),
            parts.Length == 3 ? long.Parse(parts[2], CultureInfo.InvariantCulture) : null,
            cursor?.IsBackward == true);
    }

    public TagPlace At(TagKey key, long? position) => this with { Key = key, Position = position };

    /// <summary>What is still to be looked at of the first tag.</summary>
    public ListRange RangeWithin(ListRange range) => Position is { } position ? range.StartingAt(position) : range;

    /// <summary>The condition for the tags from here on, under the alias <c>t</c>; of one kind where one is given.</summary>
    public string ConditionOf(string? kind)
    {
        var beyond = (IsBackward ? "<" : ">") + (Position is null ? string.Empty : "=");
        return kind is null ? $"(t.kind, t.slug) {beyond} (@afterKind, @afterSlug)" : $"t.kind = @Kind and t.slug {beyond} @afterSlug";
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}{(Position is { } position ? $":{position}" : string.Empty)}");
}
