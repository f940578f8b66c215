namespace Galley.Content;

/// <summary>A place in the site, such as <c>international/moyen-orient</c>: slugs joined by <c>/</c>, none at either end, at most 8 levels.</summary>
internal readonly record struct SectionPath
{
    public const int MaxLevels = 8;

    private SectionPath(string value) => Value = value;

    public string Value { get; }

    public IReadOnlyList<string> Slugs => Value.Split('/');

    /// <summary>The path itself behind those of its ancestors: <c>a</c>, <c>a/b</c>, <c>a/b/c</c>.</summary>
    public IEnumerable<SectionPath> WithAncestors()
    {
        for (var end = Value.IndexOf('/'); end >= 0; end = Value.IndexOf('/', end + 1))
            yield return new SectionPath(Value[..end]);

        yield return this;
    }

    public SectionPath Below(string slug) => new(Value is null ? slug : $"{Value}/{slug}");

    public override string ToString() => Value;

    public static bool TryParse(string? text, out SectionPath path)
    {
        var isValid = text is { Length: > 0 } && text.Split('/') is { Length: <= MaxLevels } slugs && slugs.All(Slug.IsValid);
        path = isValid ? new SectionPath(text!) : default;
        return isValid;
    }
}
