using Galley.Http;
using Galley.Keys;
using Galley.Storage;

namespace Galley.Manage.Keys;

/// <summary>The query of the list of keys.</summary>
internal sealed record KeyListQuery(int Limit, string? Cursor) : IQuery<KeyListQuery>
{
    public static IReadOnlyList<QueryParameter> Parameters => [QueryParameter.Limit, QueryParameter.Cursor];

    public static KeyListQuery Read(QueryReader reader) => new(reader.Integer(QueryParameter.Limit) ?? 20, reader.Text(QueryParameter.Cursor));
}

/// <summary>Reads keys, all of them by id or one.</summary>
internal sealed class KeyListReader(Database database, Clock clock, CursorSeal seal)
{
    private const string List = "keys";

    public async ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        return await session.FindKeyAsync(id) is { } row ? await KeyAnswers.OfAsync(session, row, clock.Now) : null;
    }

    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<Page<ApiKey>?> ListAsync(KeyListQuery query, CancellationToken cancel)
    {
        if (!seal.TryRead(query.Cursor, List, out var cursor))
            return null;

        using var session = await database.SnapshotAsync(cancel);
        var way = Cursor.WayOf(cursor);
        var rows = await session.ListAsync<KeyRow>(
            $"select {KeyRow.Columns} from api_key where id {way.Beyond} @after order by id {way.Order} limit @take + 0",
            new { after = cursor?.Place ?? string.Empty, take = query.Limit + 1 });

        return await Paging.PageOfAsync(rows, query.Limit, cursor, row => KeyAnswers.OfAsync(session, row, clock.Now), row => row.Id, place => seal.Write(place, List));
    }
}
