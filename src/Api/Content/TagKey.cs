namespace Galley.Content;

/// <summary>What names a tag: its kind and its slug, written <c>place:syrie</c>.</summary>
internal readonly record struct TagKey(string Kind, string Slug)
{
    public const string Contributor = "contributor";

    public static readonly IReadOnlyList<string> Kinds =
        ["person", "organisation", "place", "event", "keyword", "series", "genre", Contributor];

    public override string ToString() => $"{Kind}:{Slug}";

    public static TagKey Parse(string text) => TryParse(text, out var key) ? key : throw new FormatException($"'{text}' is not a tag.");

    public static bool TryParse(string? text, out TagKey key)
    {
        key = default;
        var colon = text?.IndexOf(':') ?? -1;
        if (colon < 0)
            return false;

        key = new TagKey(text![..colon], text[(colon + 1)..]);
        return Kinds.Contains(key.Kind) && Content.Slug.IsValid(key.Slug);
    }
}
