namespace Galley.Content;

/// <summary>A place in the site, such as <c>international/moyen-orient</c>: slugs joined by <c>/</c>, none at either end, at most 8 levels.</summary>
internal readonly record struct SectionPath
{
    public const int MaxLevels = 8;

    /// <summary>How it looks, for the message when it does not.</summary>
    public const string Form = "A section's path is slugs joined by slashes, at most 8: lower-case letters and digits of any script, and hyphens.";

    private SectionPath(string value) => Value = value;

    public string Value { get; }

    public IReadOnlyList<string> Slugs => Value.Split('/');

    /// <summary>The section above; none at the top.</summary>
    public SectionPath? Parent => Value.LastIndexOf('/') is var last and > 0 ? new SectionPath(Value[..last]) : null;

    /// <summary>Whether this is <paramref name="other"/>, or stands somewhere below it.</summary>
    public bool IsWithin(SectionPath other) => Value == other.Value || Value.StartsWith(other.Value + "/", StringComparison.Ordinal);

    public override string ToString() => Value;

    public static SectionPath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new FormatException($"'{text}' is not a section path.");

    public static bool TryParse(string? text, out SectionPath path)
    {
        var isValid = text is { Length: > 0 } && text.Split('/') is { Length: <= MaxLevels } slugs && slugs.All(Slug.IsValid);
        path = isValid ? new SectionPath(text!) : default;
        return isValid;
    }
}
