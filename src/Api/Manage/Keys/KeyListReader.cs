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
        var cursor = query.Cursor is null ? null : seal.Read(query.Cursor, List);
        if (query.Cursor is not null && cursor is null)
            return null;

        using var session = await database.SnapshotAsync(cancel);
        var rows = await session.ListAsync<KeyRow>(
            cursor?.IsBackward == true
                ? $"select {KeyRow.Columns} from api_key where id < @after order by id desc limit @take + 0"
                : $"select {KeyRow.Columns} from api_key where id > @after order by id limit @take + 0",
            new { after = cursor?.Place ?? string.Empty, take = query.Limit + 1 });

        var keys = new Dictionary<string, ApiKey>(StringComparer.Ordinal);
        foreach (var row in rows)
            keys[row.Id] = await KeyAnswers.OfAsync(session, row, clock.Now);

        return Paging.PageOf(rows, query.Limit, cursor, row => keys[row.Id], row => row.Id, place => seal.Write(place, List));
    }
}
