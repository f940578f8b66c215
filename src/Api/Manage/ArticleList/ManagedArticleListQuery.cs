using Galley.Http;

namespace Galley.Manage.ArticleList;

/// <summary>Which articles the newsroom's list holds, in which order, and which page of it.</summary>
internal sealed record ManagedArticleListQuery : IQuery<ManagedArticleListQuery>, INamesSources
{
    private const int MostIds = 100;

    private static readonly QueryParameter IdsParameter = new(
        "ids",
        $"Ids of articles, at most {MostIds}: answered in this order on one page, as far as they exist and the other filters let them through; others are left out. Not with `sort`, `limit` and `cursor`.")
    { MaxItems = MostIds, Format = "uuid" };

    private static readonly QueryParameter SortParameter = new(
        "sort",
        "`modified`: the latest `modifiedAt` first; an article that is written to during a walk may come again, or only on a new walk. `created`: in the order in which they were made, the oldest first; a walk to its end has seen every article that was there from its beginning to its end, once.")
    {
        Values = ["modified", "created"],
        Default = "modified",
    };

    public static IReadOnlyList<QueryParameter> Parameters => [.. ManagedArticleFilter.Parameters, IdsParameter, SortParameter, QueryParameter.Limit, QueryParameter.Cursor];

    public required ManagedArticleFilter Filter { get; init; }

    /// <summary>The only articles asked for, in this order; empty for all.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }

    public required bool IsByCreation { get; init; }

    public required int Limit { get; init; }

    public required string? Cursor { get; init; }

    /// <summary>What a cursor of this list is bound to: its filters and order, but neither the page size nor the place.</summary>
    public required string Identity { get; init; }

    public IReadOnlyList<string> Sources => Filter.Sources;

    public static ManagedArticleListQuery Read(QueryReader reader)
    {
        var filter = ManagedArticleFilter.Read(reader);
        var isByCreation = reader.Text(SortParameter) == "created";
        return new ManagedArticleListQuery
        {
            Filter = filter,
            Ids = reader.Ids(IdsParameter, SortParameter),
            IsByCreation = isByCreation,
            Limit = reader.Integer(QueryParameter.Limit) ?? 20,
            Cursor = reader.Text(QueryParameter.Cursor),
            Identity = string.Join('\n', "managed articles", filter.Identity, isByCreation),
        };
    }
}
