using Galley.Content;
using Galley.Delivery.Articles.Fields;
using Galley.Http;

namespace Galley.Delivery.Articles;

/// <summary>Which articles a list holds, in which order, and which page of it.</summary>
internal sealed record ArticleListQuery : IQuery<ArticleListQuery>
{
    private static readonly QueryParameter PublishedAfterParameter = new("publishedAfter", "Published at this instant or later.") { Format = "date-time" };

    private static readonly QueryParameter PublishedBeforeParameter = new("publishedBefore", "Published before this instant.") { Format = "date-time" };

    private static readonly QueryParameter SortParameter =
        new("sort", "The order by `publishedAt`; ties in a fixed order.") { Values = ["newest", "oldest"], Default = "newest" };

    public static IReadOnlyList<QueryParameter> Parameters =>
    [
        .. ArticleFilter.Parameters, PublishedAfterParameter, PublishedBeforeParameter, SortParameter, ArticleView.FieldsOfList, ArticleView.Format, QueryParameter.Limit, QueryParameter.Cursor,
    ];

    public required ArticleFilter Filter { get; init; }

    public required Instant? PublishedAfter { get; init; }

    public required Instant? PublishedBefore { get; init; }

    public required bool IsOldestFirst { get; init; }

    public required ArticleView View { get; init; }

    public required int Limit { get; init; }

    public required string? Cursor { get; init; }

    /// <summary>What a cursor of this list is bound to: its filters and order, but neither the page size, the place, nor what shows of each article.</summary>
    public required string Identity { get; init; }

    public static ArticleListQuery Read(QueryReader reader)
    {
        var filter = ArticleFilter.Read(reader);
        var (after, before) = (reader.Instant(PublishedAfterParameter), reader.Instant(PublishedBeforeParameter));
        if (after > before)
            reader.Fail(PublishedBeforeParameter, "is before publishedAfter");

        var isOldestFirst = reader.Text(SortParameter) == "oldest";
        return new ArticleListQuery
        {
            Filter = filter,
            PublishedAfter = after,
            PublishedBefore = before,
            IsOldestFirst = isOldestFirst,
            View = ArticleView.Read(reader, ArticleView.FieldsOfList),
            Limit = reader.Integer(QueryParameter.Limit) ?? 20,
            Cursor = reader.Text(QueryParameter.Cursor),
            Identity = string.Join('\n', "articles", filter.Identity, after, before, isOldestFirst),
        };
    }
}
