namespace Galley.Http;

/// <summary>One query parameter as the contract declares it: what is read, refused and documented comes from here.</summary>
internal sealed record QueryParameter(string Name, string Description)
{
    /// <summary>As in JSON Schema: string, integer or boolean; of the items, where several values are allowed.</summary>
    public string Type { get; init; } = "string";

    public string? Format { get; init; }

    public string? Pattern { get; init; }

    public int? MaxLength { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    public int? Minimum { get; init; }

    public int? Maximum { get; init; }

    /// <summary>Several values, separated by commas, at most this many.</summary>
    public int? MaxItems { get; init; }

    public string? Default { get; init; }

    public bool IsRequired { get; init; }

    public static QueryParameter Limit { get; } =
        new("limit", "How many entries a page may have. A page may have fewer and still have a next one.") { Type = "integer", Minimum = 1, Maximum = 100, Default = "20" };

    public static QueryParameter Cursor { get; } =
        new("cursor", "Where to go on: `page.next` or `page.previous` of an answer, as it stands, with the same filters and sort.");

    public static QueryParameter Language { get; } =
        new("language", "BCP 47: the language in which names are given where there is one. It filters nothing.") { Format = "language-tag" };
}
