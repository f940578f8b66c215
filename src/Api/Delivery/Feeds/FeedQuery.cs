using Galley.Delivery.Articles;
using Galley.Delivery.Articles.Fields;
using Galley.Http;

namespace Galley.Delivery.Feeds;

/// <summary>Which articles a feed holds, and which page of it: whatever a list may be asked, but for what shows of each article, which the format decides.</summary>
/// <param name="List">The same as a list.</param>
/// <param name="IsNewestOfFilter">Whether it is the first page, newest first, under filters that the change log knows too.</param>
internal sealed record FeedQuery(ArticleListQuery List, bool IsNewestOfFilter) : IQuery<FeedQuery>
{
    private const string Newest = "newest";

    private static readonly string[] OfAnyPage = [.. ArticleFilter.Parameters.Append(QueryParameter.Limit).Select(parameter => parameter.Name)];

    private static readonly string[] OfListsAlone = ["fields", "format", "count", "highlight", "facets", "preset"];

    public static IReadOnlyList<QueryParameter> Parameters { get; } = [.. ArticleListQuery.Parameters.Where(parameter => !OfListsAlone.Contains(parameter.Name))];

    public static FeedQuery Read(QueryReader reader)
    {
        var list = ArticleListQuery.Read(reader) with { View = ArticleView.Whole };
        return new FeedQuery(list, reader.Errors.Count == 0 && Parameters.All(parameter => OfAnyPage.Contains(parameter.Name) || reader.Text(parameter) is null || reader.Text(parameter) == Newest));
    }
}
