using Galley.Content;

namespace Galley.Http;

/// <summary>What lists of articles are narrowed by, for readers and for the newsroom: declared and read in one way.</summary>
internal static class ArticleParameters
{
    private const int MaxValues = 20;

    public static readonly QueryParameter Section =
        new("section", "Section paths, any of them, with everything below. One that does not exist gives an empty list, not an error.") { MaxItems = MaxValues, Format = "section-path" };

    public static readonly QueryParameter Depth =
        new("depth", "`0` leaves out what stands below the sections asked for.") { Type = "integer", Minimum = 0, Maximum = 0 };

    public static readonly QueryParameter Tags = new(
        "tags",
        "An expression over `kind:slug`: `,` is and, `|` is or, a leading `-` is not, with parentheses: `(place:iran|organisation:aiea),-event:cop31`. "
        + "`-` binds closest, then `,`, then `|`. At most 20 tags and 4 levels; percent-encode `|`. A tag that does not exist stands on no article; it is not an error.")
    {
        Pattern = @"^[-(]*[a-z]+:[^\s,|()]+\)*([,|][-(]*[a-z]+:[^\s,|()]+\)*)*$",
    };

    public static readonly QueryParameter Language =
        new("language", "BCP 47 language tags, any of them, compared whole: `fr` does not take in `fr-CA`.") { MaxItems = MaxValues, Format = "language-tag" };

    public static readonly QueryParameter Source =
        new("source", "Slugs of sources, any of them. One that does not exist gives an empty list, not an error.") { MaxItems = MaxValues, Pattern = SourceName.Pattern };

    public static readonly QueryParameter UrgencyMax =
        new("urgencyMax", "At least this urgent: `urgency` from 1, the highest, to this. Articles without one are left out.") { Type = "integer", Minimum = 1, Maximum = 9 };

    public static IReadOnlyList<SectionPath> Sections(this QueryReader reader) =>
        reader.Values(Section, text => SectionPath.TryParse(text, out var path) ? path : (SectionPath?)null, "is section paths such as international/moyen-orient");

    public static bool IsWithDescendants(this QueryReader reader) => reader.Integer(Depth) is null;

    public static TagExpression? TagExpression(this QueryReader reader)
    {
        if (reader.Text(Tags) is not { } text)
            return null;

        var expression = Content.TagExpression.Parse(text, out var fault, out var column);
        if (fault is not null)
            reader.Fail(Tags, $"cannot be read: {fault}", column: column);

        return expression;
    }

    public static IReadOnlyList<Language> Languages(this QueryReader reader) =>
        reader.Values(Language, text => Content.Language.TryParse(text, out var language) ? language : (Language?)null, "is BCP 47 language tags such as fr");

    public static IReadOnlyList<SourceSlug> Sources(this QueryReader reader) =>
        reader.Values(Source, text => SourceName.IsValid(text) ? new SourceSlug(text) : (SourceSlug?)null, "is slugs of sources such as i24news");

    public static InstantRange Range(this QueryReader reader, QueryParameter after, QueryParameter before)
    {
        var range = new InstantRange(reader.Instant(after), reader.Instant(before));
        if (range.After > range.Before)
            reader.Fail(before, $"is before {after.Name}");

        return range;
    }

    /// <summary>Ids of the only articles asked for, declared as <paramref name="parameter"/>. They have an order of their own, and no pages.</summary>
    public static IReadOnlyList<Guid> Ids(this QueryReader reader, QueryParameter parameter, QueryParameter sort)
    {
        var ids = reader.Values(parameter, text => Guid.TryParseExact(text, "D", out var id) ? id : (Guid?)null, "is ids of articles, such as 5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11");
        foreach (var other in new[] { sort, QueryParameter.Limit, QueryParameter.Cursor })
        {
            if (reader.Text(parameter) is not null && reader.Text(other) is not null)
                reader.Fail(other, "is not to be had with ids");
        }

        return ids;
    }

    /// <summary>What cursors are bound to of several values: any of them is the same in any order.</summary>
    public static string Sorted<T>(IEnumerable<T> values) => string.Join(',', values.Select(value => $"{value}").Order(StringComparer.Ordinal));
}

/// <summary>A source, as it was asked for.</summary>
internal readonly record struct SourceSlug(string Value)
{
    public override string ToString() => Value;
}
