using Galley.Content;
using Galley.Content.Search;
using Galley.Delivery.Articles.Fields;
using Galley.Delivery.Search;
using Galley.Http;

namespace Galley.Delivery.Articles;

/// <summary>Which articles a list holds, in which order, and which page of it.</summary>
internal sealed record ArticleListQuery : IQuery<ArticleListQuery>
{
    private static readonly QueryParameter PublishedAfterParameter = new("publishedAfter", "Published at this instant or later.") { Format = "date-time" };

    private static readonly QueryParameter PublishedBeforeParameter = new("publishedBefore", "Published before this instant.") { Format = "date-time" };

    private static readonly QueryParameter SortParameter = new(
        "sort",
        "`newest`, the default without `q`, and `oldest` are orders by `publishedAt`, ties in a fixed order. `relevance` needs `q`, and then is the default: first where `q` stands in the headline as one phrase, "
        + "then where all its words do, then where all do in the standfirst, then all others, newest first within each; it ends after the best 1,000.")
    { Values = ["newest", "oldest", "relevance"] };

    public static IReadOnlyList<QueryParameter> Parameters =>
    [
        .. ArticleFilter.Parameters, SearchParameters.Question, SearchParameters.Highlight, PublishedAfterParameter, PublishedBeforeParameter, SortParameter, ArticleView.FieldsOfList, ArticleView.Format, QueryParameter.Limit, QueryParameter.Cursor,
    ];

    public required ArticleFilter Filter { get; init; }

    public required Instant? PublishedAfter { get; init; }

    public required Instant? PublishedBefore { get; init; }

    public required bool IsOldestFirst { get; init; }

    /// <summary>What is looked for; null for all.</summary>
    public required SearchQuestion? Question { get; init; }

    public required bool IsByRelevance { get; init; }

    /// <summary>Marks what was looked for, where that is asked for.</summary>
    public required Highlighter? Highlighter { get; init; }

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

        var question = SearchParameters.Read(reader, out var isHighlighted);
        var (text, sort) = (reader.Text(SearchParameters.Question), reader.Text(SortParameter));
        if (sort == "relevance" && text is null)
            reader.Fail(SortParameter, "relevance needs q");

        sort ??= text is null ? "newest" : "relevance";
        var isOldestFirst = sort == "oldest";
        return new ArticleListQuery
        {
            Filter = filter,
            PublishedAfter = after,
            PublishedBefore = before,
            IsOldestFirst = isOldestFirst,
            Question = question,
            IsByRelevance = sort == "relevance",
            Highlighter = isHighlighted && question is not null ? new Highlighter(question, text!) : null,
            View = ArticleView.Read(reader, ArticleView.FieldsOfList),
            Limit = reader.Integer(QueryParameter.Limit) ?? 20,
            Cursor = reader.Text(QueryParameter.Cursor),
            Identity = string.Join('\n', "articles", filter.Identity, after, before, sort, text),
        };
    }
}
