using Galley.Content;
using Galley.Http;

namespace Galley.Delivery.Articles;

/// <summary>Which articles a list holds, in which order, and which page of it.</summary>
internal sealed record ArticleListQuery : IQuery<ArticleListQuery>
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

    private static readonly QueryParameter PublishedAfterParameter = new("publishedAfter", "Published at this instant or later.") { Format = "date-time" };

    private static readonly QueryParameter PublishedBeforeParameter = new("publishedBefore", "Published before this instant.") { Format = "date-time" };

    private static readonly QueryParameter SortParameter =
        new("sort", "The order by `publishedAt`; ties in a fixed order.") { Values = ["newest", "oldest"], Default = "newest" };

    public static IReadOnlyList<QueryParameter> Parameters =>
    [
        SectionParameter, DepthParameter, TagsParameter, LanguageParameter, PublishedAfterParameter, PublishedBeforeParameter, SortParameter,
        QueryParameter.Limit, QueryParameter.Cursor,
    ];

    public required IReadOnlyList<SectionPath> Sections { get; init; }

    public required bool IsWithDescendants { get; init; }

    public required TagExpression? Tags { get; init; }

    public required IReadOnlyList<Language> Languages { get; init; }

    public required Instant? PublishedAfter { get; init; }

    public required Instant? PublishedBefore { get; init; }

    public required bool IsOldestFirst { get; init; }

    public required int Limit { get; init; }

    public required string? Cursor { get; init; }

    /// <summary>What a cursor of this list is bound to: its filters and order, but neither the page size nor the place.</summary>
    public required string Identity { get; init; }

    public static ArticleListQuery Read(QueryReader reader)
    {
        var sections = reader.Values(SectionParameter, text => SectionPath.TryParse(text, out var path) ? path : (SectionPath?)null, "is section paths such as international/moyen-orient");
        var languages = reader.Values(LanguageParameter, text => Language.TryParse(text, out var language) ? language : (Language?)null, "is BCP 47 language tags such as fr");
        var isWithDescendants = reader.Integer(DepthParameter) is null;
        var (after, before) = (reader.Instant(PublishedAfterParameter), reader.Instant(PublishedBeforeParameter));
        if (after > before)
            reader.Fail(PublishedBeforeParameter, "is before publishedAfter");

        var isOldestFirst = reader.Text(SortParameter) == "oldest";
        return new ArticleListQuery
        {
            Sections = sections,
            IsWithDescendants = isWithDescendants,
            Tags = ReadTags(reader),
            Languages = languages,
            PublishedAfter = after,
            PublishedBefore = before,
            IsOldestFirst = isOldestFirst,
            Limit = reader.Integer(QueryParameter.Limit) ?? 20,
            Cursor = reader.Text(QueryParameter.Cursor),
            Identity = string.Join('\n', "articles", string.Join(',', sections), isWithDescendants, reader.Text(TagsParameter), string.Join(',', languages), after, before, isOldestFirst),
        };
    }

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
