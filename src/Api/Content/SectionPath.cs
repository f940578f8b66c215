namespace Galley.Content;

/// <summary>A place in the site, such as <c>international/moyen-orient</c>: slugs joined by <c>/</c>, none at either end, at most 8 levels.</summary>
internal readonly record struct SectionPath
{
    public const int MaxLevels = 8;

    private SectionPath(string value) => Value = value;

    public string Value { get; }

    public IReadOnlyList<string> Slugs => Value.Split('/');

    public override string ToString() => Value;

    public static bool TryParse(string? text, out SectionPath path)
    {
        var isValid = text is { Length: > 0 } && text.Split('/') is { Length: <= MaxLevels } slugs && slugs.All(Slug.IsValid);
        path = isValid ? new SectionPath(text!) : default;
        return isValid;
    }
}
