namespace Galley.Publishing.Taxonomy;

/// <summary>What a section or tag is called, by language.</summary>
internal sealed class Names(IReadOnlyList<Name> names)
{
    public IReadOnlyDictionary<string, string> All { get; } = names.ToDictionary(name => name.Language, name => name.Text, StringComparer.Ordinal);

    /// <summary>The name in the asked language, else in the site's default, else in any, always the same one; and its language where it is another.</summary>
    public (string Name, string? Language) Pick(string asked, string siteDefault, string otherwise)
    {
        if (All.TryGetValue(asked, out var name))
            return (name, null);
        if (All.TryGetValue(siteDefault, out name))
            return (name, siteDefault);

        var any = All.Keys.Min(StringComparer.Ordinal);
        return any is null ? (otherwise, null) : (All[any], any);
    }
}

/// <summary>One name in one language.</summary>
internal sealed class Name
{
    public string Language { get; init; } = string.Empty;

    public string Text { get; init; } = string.Empty;
}
