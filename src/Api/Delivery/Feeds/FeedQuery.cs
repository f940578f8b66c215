using Galley.Delivery.Articles;
using Galley.Delivery.Articles.Fields;
using Galley.Http;

namespace Galley.Delivery.Feeds;

/// <summary>Which articles a feed holds, and which page of it: whatever a list may be asked, but for what shows of each article, which the format decides.</summary>
internal sealed record FeedQuery(ArticleListQuery List) : IQuery<FeedQuery>
{
    private static readonly string[] OfListsAlone = ["fields", "format", "count", "highlight", "facets", "preset"];

    public static IReadOnlyList<QueryParameter> Parameters { get; } = [.. ArticleListQuery.Parameters.Where(parameter => !OfListsAlone.Contains(parameter.Name))];

    public static FeedQuery Read(QueryReader reader) => new(ArticleListQuery.Read(reader) with { View = ArticleView.Whole });
}
