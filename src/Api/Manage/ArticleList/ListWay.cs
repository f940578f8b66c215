using Galley.Publishing;
using Galley.Storage;

namespace Galley.Manage.ArticleList;

/// <summary>One way through all articles: what lies beyond a place, and in which order.</summary>
internal sealed record ListWay(string Range, string Order)
{
    /// <summary>By the last write, the latest first, and back.</summary>
    private static readonly ListWay LatestFirst = new("(modified_at, id) < (@ModifiedAt, @Id)", "modified_at desc, id desc");

    private static readonly ListWay LatestLast = new("(modified_at, id) > (@ModifiedAt, @Id)", "modified_at, id");

    /// <summary>In the order in which they were made, and back. Ids are given by the writer, who is alone: none comes later with a lower one.</summary>
    private static readonly ListWay FirstMade = new("id > @Id", "id");

    private static readonly ListWay LastMade = new("id < @Id", "id desc");

    private readonly string _rows = $"select {ListedRow.Columns} from article where {Range} order by {Order} limit @take + 0";

    public static ListWay Of(bool isByCreation, bool isBackward) => (isByCreation, isBackward) switch
    {
        (false, false) => LatestFirst,
        (false, true) => LatestLast,
        (true, false) => FirstMade,
        (true, true) => LastMade,
    };

    /// <summary>The place before everything.</summary>
    public ListPlace Beginning => this == FirstMade ? new ListPlace(long.MinValue, long.MinValue) : new ListPlace(long.MaxValue, long.MaxValue);

    /// <summary>The next rows behind a place.</summary>
    public ValueTask<IReadOnlyList<ListedRow>> ListAsync(Session session, ListPlace place, int take) => session.ListAsync<ListedRow>(_rows, new { place.ModifiedAt, place.Id, take });

    /// <summary>The place from which the other way the article that stands right there comes first.</summary>
    public ListPlace Including(ListPlace place) => place with { Id = this == LatestFirst || this == LastMade ? place.Id - 1 : place.Id + 1 };
}

/// <summary>An article's row in a list, beside what is asked of every one.</summary>
internal sealed record ListedRow : ArticleRow
{
    public new const string Columns = $"""
        {ArticleRow.Columns},
            (select length(document) from revision where article_id = article.id and number = article.working_revision) as size,
            (select slug from source where id = article.source_id) as source
        """;

    /// <summary>How many bytes its newest revision has.</summary>
    public long Size { get; init; }

    /// <summary>The slug of the source that pushes it.</summary>
    public string? Source { get; init; }

    public ListPlace Place => new(ModifiedAt, Id);
}

/// <summary>Finds rows of a list by what names them.</summary>
internal static class ListedRows
{
    public static ValueTask<IReadOnlyList<ListedRow>> ListByIdAsync(this Session session, IEnumerable<string> publicIds) =>
        session.ListOfAsync<ListedRow, string>($"select {ListedRow.Columns} from article where public_id in @ids", publicIds);

    public static ValueTask<IReadOnlyList<ListedRow>> ListByOwnIdAsync(this Session session, string source, string externalId) =>
        session.ListAsync<ListedRow>(
            $"""
            select {ListedRow.Columns}
            from article
            where id = (select k.article_id from source s join article_key k on k.source_id = s.id where s.slug = @source and k.external_id = @externalId)
            """,
            new { source, externalId });
}
