using Galley.Content.Search;
using Galley.Delivery.Articles.Fields;
using Galley.Delivery.Search;
using Galley.Http;

namespace Galley.Delivery.Articles;

/// <summary>Which articles a list holds, in which order, and which page of it.</summary>
internal sealed record ArticleListQuery : IQuery<ArticleListQuery>
{
    private const int MostIds = 100;

    private static readonly QueryParameter IdsParameter = new(
        "ids",
        $"Ids of articles, at most {MostIds}: answered in this order on one page, as far as they are visible and the other filters let them through; others are left out. Not with `sort`, `limit` and `cursor`. "
        + "Where whole articles are asked for and all of them would be more than 4 MiB, it is 400: ask for fewer at once.")
    { MaxItems = MostIds, Format = "uuid" };

    private static readonly QueryParameter CountParameter = new(
        "count",
        "`exact` adds `page.total`, how many articles the whole list has, whatever its page; left out where those are more than can be counted for one answer. With `sort=relevance` it counts all that is found, although the list ends after the best 1,000.")
    { Values = ["exact"] };

    private static readonly QueryParameter SortParameter = new(
        "sort",
        "`newest`, the default without `q`, and `oldest` are orders by `publishedAt`, ties in a fixed order. `relevance` needs `q`, and then is the default: first where `q` stands in the headline as one phrase, "
        + "then where all its words do, then where all do in the standfirst, then all others, newest first within each; it ends after the best 1,000. "
        + "`updated` is the latest `updatedAt` first: an article that is updated during a walk may come again, or only on a new walk.")
    { Values = ["newest", "oldest", "updated", "relevance"] };

    public static IReadOnlyList<QueryParameter> Parameters =>
    [
        .. ArticleFilter.Parameters, SearchParameters.Question, SearchParameters.Highlight, .. ArticleConditions.Parameters, IdsParameter, SortParameter, ArticleView.FieldsOfList, ArticleView.Format, QueryParameter.Limit, QueryParameter.Cursor, CountParameter,
    ];

    public required ArticleFilter Filter { get; init; }

    public required ArticleConditions Conditions { get; init; }

    /// <summary>The only articles asked for, in this order; empty for all.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }

    /// <summary>Whether it is asked how many articles the whole list has.</summary>
    public required bool IsCounted { get; init; }

    public required bool IsByUpdate { get; init; }

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
        var conditions = ArticleConditions.Read(reader);
        var ids = reader.Ids(IdsParameter, SortParameter);
        var question = SearchParameters.Read(reader, out var isHighlighted);
        var (text, sort) = (reader.Text(SearchParameters.Question), reader.Text(SortParameter));
        if (sort == "relevance" && text is null)
            reader.Fail(SortParameter, "relevance needs q");

        sort ??= text is null ? "newest" : "relevance";
        var isOldestFirst = sort == "oldest";
        return new ArticleListQuery
        {
            Filter = filter,
            Conditions = conditions,
            Ids = ids,
            IsCounted = reader.Text(CountParameter) is not null,
            IsByUpdate = sort == "updated",
            IsOldestFirst = isOldestFirst,
            Question = question,
            IsByRelevance = sort == "relevance",
            Highlighter = isHighlighted && question is not null ? new Highlighter(question, text!) : null,
            View = ArticleView.Read(reader, ArticleView.FieldsOfList),
            Limit = reader.Integer(QueryParameter.Limit) ?? 20,
            Cursor = reader.Text(QueryParameter.Cursor),
            Identity = string.Join('\n', "articles", filter.Identity, conditions.Identity, sort, text),
        };
    }

    /// <summary>What stands against answering a page: a cursor of another list, which has none, or articles that were asked for and do not fit, as there is no other page for them.</summary>
    public Problem? RefusalOf(ListAtHand? page) => page switch
    {
        null => Problems.BadCursor(),
        { IsCut: true } when Ids.Count > 0 => Problems.InvalidQuery([InputError.In("ids", "too-many", "Those articles are more than 4 MiB together; ask for fewer of them, or for fewer fields.")]),
        _ => null,
    };
}
