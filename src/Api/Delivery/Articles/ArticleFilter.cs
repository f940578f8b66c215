using Galley.Content;
using Galley.Http;
using Galley.Publishing.Taxonomy;

namespace Galley.Delivery.Articles;

/// <summary>Which articles are asked for, in whatever form they are answered: by section, tags, language and source. Filters of different kinds all apply.</summary>
internal sealed record ArticleFilter
{
    private const int MaxValues = 20;

    private static readonly QueryParameter SectionParameter =
        new("section", "Section paths, any of them, with everything below. One that does not exist gives an empty list, not an error.") { MaxItems = MaxValues, Format = "section-path" };

    private static readonly QueryParameter DepthParameter =
        new("depth", "`0` leaves out what stands below the sections asked for.") { Type = "integer", Minimum = 0, Maximum = 0 };

    private static readonly QueryParameter TagsParameter = new(
        "tags",
        "An expression over `kind:slug`: `,` is and, `|` is or, a leading `-` is not, with parentheses: `(place:iran|organisation:aiea),-event:cop31`. "
        + "`-` binds closest, then `,`, then `|`. At most 20 tags and 4 levels; percent-encode `|`. A tag that does not exist stands on no article; it is not an error.")
    {
        Pattern = @"^[-(]*[a-z]+:[^\s,|()]+\)*([,|][-(]*[a-z]+:[^\s,|()]+\)*)*$",
    };

    private static readonly QueryParameter LanguageParameter =
        new("language", "BCP 47 language tags, any of them, compared whole: `fr` does not take in `fr-CA`.") { MaxItems = MaxValues, Format = "language-tag" };

    private static readonly QueryParameter SourceParameter =
        new("source", "Slugs of sources, any of them. One that does not exist gives an empty list, not an error.") { MaxItems = MaxValues, Pattern = SourceName.Pattern };

    public static IReadOnlyList<QueryParameter> Parameters => [SectionParameter, DepthParameter, TagsParameter, LanguageParameter, SourceParameter];

    public required IReadOnlyList<SectionPath> Sections { get; init; }

    public required bool IsWithDescendants { get; init; }

    public required TagExpression? Tags { get; init; }

    public required IReadOnlyList<Language> Languages { get; init; }

    public required IReadOnlyList<SourceSlug> Sources { get; init; }

    /// <summary>Whether it lets everything through.</summary>
    public bool IsWhole => Sections.Count == 0 && Tags is null && Languages.Count == 0 && Sources.Count == 0;

    /// <summary>The names whose meaning decides what is let through.</summary>
    public IEnumerable<string> Names => [.. Sections.Select(Meanings.Of), .. (Tags?.Named() ?? []).Select(Meanings.Of)];

    /// <summary>What caches know a list under it by.</summary>
    public IReadOnlyList<string> SurrogateScopes =>
    [
        SurrogateKeys.List,
        .. Sections.Select(section => SurrogateKeys.OfSection(section.Value)),
        .. (Tags?.Named() ?? []).Select(tag => SurrogateKeys.OfTag(tag.Kind, tag.Slug)).Distinct(),
        .. Languages.Select(language => SurrogateKeys.OfLanguage(language.Tag)),
    ];

    /// <summary>What cursors and tokens are bound to.</summary>
    public required string Identity { get; init; }

    public static ArticleFilter Read(QueryReader reader)
    {
        var sections = reader.Values(SectionParameter, text => SectionPath.TryParse(text, out var path) ? path : (SectionPath?)null, "is section paths such as international/moyen-orient");
        var languages = reader.Values(LanguageParameter, text => Language.TryParse(text, out var language) ? language : (Language?)null, "is BCP 47 language tags such as fr");
        var sources = reader.Values(SourceParameter, text => SourceName.IsValid(text) ? new SourceSlug(text) : (SourceSlug?)null, "is slugs of sources such as i24news");
        var isWithDescendants = reader.Integer(DepthParameter) is null;
        return new ArticleFilter
        {
            Sections = sections,
            IsWithDescendants = isWithDescendants,
            Tags = ReadTags(reader),
            Languages = languages,
            Sources = sources,
            // Any of several is the same in any order.
            Identity = string.Join('\n', Sorted(sections), isWithDescendants, reader.Text(TagsParameter), Sorted(languages), Sorted(sources)),
        };
    }

    private static string Sorted<T>(IReadOnlyList<T> values) => string.Join(',', values.Select(value => $"{value}").Order(StringComparer.Ordinal));

    private static TagExpression? ReadTags(QueryReader reader)
    {
        if (reader.Text(TagsParameter) is not { } text)
            return null;

        var expression = TagExpression.Parse(text, out var fault, out var column);
        if (fault is not null)
            reader.Fail(TagsParameter, $"cannot be read: {fault}", column: column);

        return expression;
    }
}

/// <summary>A source, as it was asked for.</summary>
internal readonly record struct SourceSlug(string Value)
{
    public override string ToString() => Value;
}
