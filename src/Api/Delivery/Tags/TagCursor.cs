using System.Globalization;
using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Http;

namespace Galley.Delivery.Tags;

/// <summary>A place in the list of tags: behind a tag; and perhaps within the next one, not all of whose articles were looked at yet.</summary>
internal sealed record TagCursor(TagKey After, (TagKey Key, long Position)? Within, bool IsBackward)
{
    /// <summary>Where a cursor stands; without one before the first tag.</summary>
    public static TagCursor Of(Cursor? cursor)
    {
        // Kinds and slugs have no colon of their own.
        var parts = (cursor?.Place ?? ":").Split(':');
        return new TagCursor(
            new TagKey(parts[0], parts[1]),
            parts.Length == 5 ? (new TagKey(parts[2], parts[3]), long.Parse(parts[4], CultureInfo.InvariantCulture)) : null,
            cursor?.IsBackward == true);
    }

    public TagCursor Behind(TagKey key) => this with { After = key, Within = null };

    /// <summary>What is still to be looked at of a tag.</summary>
    public ListRange RangeOf(TagKey key, ListRange whole) => Within is { } within && within.Key == key ? whole.StartingAt(within.Position) : whole;

    /// <summary>The condition for the tags from here on, under the alias <c>t</c>; of one kind where one is given.</summary>
    public string ConditionOf(string? kind) => (kind, IsBackward) switch
    {
        (null, false) => "(t.kind, t.slug) > (@afterKind, @afterSlug)",
        (null, true) => "(t.kind, t.slug) < (@afterKind, @afterSlug)",
        (_, false) => "t.kind = @Kind and t.slug > @afterSlug",
        (_, true) => "t.kind = @Kind and t.slug < @afterSlug",
    };

    public override string ToString() => Within is var (key, position) ? string.Create(CultureInfo.InvariantCulture, $"{After}:{key}:{position}") : After.ToString();
}
