namespace Galley.Storage;

/// <summary>Writes the audit trail: a row behind the last, and the old end away.</summary>
internal static class AuditRows
{
    private const int Portion = 1_000;

    /// <summary>Notes what an operation did, in its transaction: it stays or goes with what it tells.</summary>
    public static async ValueTask AddAuditAsync(this WriteSession write, AuditAuthor author, Audited done)
    {
        // Not from a counter: the last row is never let go of.
        var last = await write.FindAsync<LastRow>("select id, hash from audit where id > 0 order by id desc limit 1") ?? new LastRow();
        var entry = new AuditEntry
        {
            Id = last.Id + 1,
            At = write.Now.Milliseconds,
            KeyId = author.KeyId,
            Operation = author.Operation,
            Outcome = done.Outcome,
            Kind = done.Kind,
            Name = done.Name,
            MovedTo = done.MovedTo,
            Source = done.Source,
            ExternalId = done.ExternalId,
            FromRevision = done.FromRevision,
            ToRevision = done.ToRevision,
            FromEtag = done.FromEtag,
            ToEtag = done.ToEtag,
            TraceId = author.TraceId,
        };
        entry.Hash = entry.HashBehind(last.Hash);
        await write.ExecuteAsync(
            """
            insert into audit (id, at, key_id, operation, outcome, kind, name, moved_to, source, external_id, from_revision, to_revision, from_etag, to_etag, trace_id, hash)
            values (@Id, @At, @KeyId, @Operation, @Outcome, @Kind, @Name, @MovedTo, @Source, @ExternalId, @FromRevision, @ToRevision, @FromEtag, @ToEtag, @TraceId, @Hash)
            """,
            entry);
    }

    /// <summary>Lets go of one portion of what is older than <paramref name="kept"/>. Says whether there may be more.</summary>
    public static async ValueTask<bool> ForgetAuditAsync(this WriteSession write, TimeSpan kept)
    {
        // They come in the order in which they were written: the first that is young ends the search. What comes next goes on behind the last, which stays.
        var rows = await write.ListAsync<DatedRow>("select id, at from audit where id > 0 order by id limit @take + 0", new { take = Portion + 1 });
        var old = rows.Take(Math.Min(Portion, rows.Count - 1)).TakeWhile(row => row.At < write.Now.Plus(-kept).Milliseconds).ToList();
        if (old.Count > 0)
            await write.ExecuteAsync("delete from audit where id <= @Id", new { old[^1].Id });

        return old.Count == Portion;
    }

    private sealed class LastRow
    {
        public long Id { get; init; }

        public byte[] Hash { get; init; } = [];
    }

    private sealed class DatedRow
    {
        public long Id { get; init; }

        public long At { get; init; }
    }
}
