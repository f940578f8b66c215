using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Rerendering;

/// <summary>Reads and writes what is under way.</summary>
internal static class RerenderRows
{
    private const string Columns = "id, scope, gained, lost, after_position";

    /// <summary>All that is under way, the oldest first; nearly always nothing. Read by hand: every list of a section or tag asks.</summary>
    public static async ValueTask<IReadOnlyList<RerenderJob>> ListRerendersAsync(this Session session)
    {
        List<RerenderJob>? jobs = null;
        await session.VisitAsync($"select {Columns} from rerender order by id", null, row =>
        {
            (jobs ??= []).Add(Read(row));
            return true;
        });
        return jobs ?? (IReadOnlyList<RerenderJob>)[];
    }

    public static async ValueTask<RerenderJob> AddRerenderAsync(this WriteSession write, Scope scope, IEnumerable<Scope> gained, IEnumerable<Scope> lost)
    {
        var job = new RerenderJob { Id = write.NextId(), Scope = scope.Packed, Gained = ScopeSet.Pack(gained), Lost = ScopeSet.Pack(lost), AfterPosition = long.MinValue };
        await write.ExecuteAsync($"insert into rerender ({Columns}) values (@Id, @Scope, @Gained, @Lost, @AfterPosition)", job);
        return job;
    }

    public static ValueTask<int> AdvanceAsync(this WriteSession write, RerenderJob job, long position) =>
        write.ExecuteAsync("update rerender set after_position = @position where id = @Id", new { job.Id, position });

    public static ValueTask<int> FinishAsync(this WriteSession write, RerenderJob job) =>
        write.ExecuteAsync("delete from rerender where id = @Id", new { job.Id });

    /// <summary>The next editions to render again, of those that readers see; the hidden ones were done when the work began.</summary>
    public static ValueTask<IReadOnlyList<long>> ListNextAsync(this Session session, RerenderJob job, Instant now, int portion) =>
        session.ListAsync<long>(
            $"select position from listing where scope = @Scope and position > @AfterPosition and {Visible.Now} order by position limit @portion + 0",
            new { job.Scope, job.AfterPosition, now = now.Milliseconds, portion });

    private static RerenderJob Read(Row row) =>
        new() { Id = row.Integer(0), Scope = row.Integer(1), Gained = row.Bytes(2).ToArray(), Lost = row.Bytes(3).ToArray(), AfterPosition = row.Integer(4) };
}
