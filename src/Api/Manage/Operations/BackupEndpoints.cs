using Galley.Content;
using Galley.Http;
using Galley.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Manage.Operations;

/// <summary>Backups of the database, made by the server itself.</summary>
internal static class BackupEndpoints
{
    public static void MapBackups(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/manage/ops/backup", BackUp).WithTags("Manage operations").Requires(KeyScope.Ops)
            .WithName(nameof(BackUp)).WithSummary("Make a backup of the whole database on the server");

    /// <remarks>
    /// A copy of the whole database as one file, in the folder `backups` beside it, while everybody reads and writes. It holds every write that was acknowledged before, and has been opened and read through when the answer comes: pages, references, schema. `galley restore` makes a server's database of it.
    ///
    /// - It takes as long as the database is large: seconds for each gigabyte. One is made at a time, others wait. Whoever hangs up ends it, and nothing of it is left.
    /// - Nothing deletes backups but you. They hold everything, texts that were taken down since too.
    /// - 507 where the disk is full; 503 `storage-unavailable` where the folder cannot be written, or the database turns out to be damaged, which the server's log tells.
    /// - With `dryRun=true` it is made, read through and deleted.
    /// </remarks>
    private static async Task<Ok<Backup>> BackUp(Backups backups, Writing writing, CancellationToken cancel)
    {
        using var made = await backups.MakeAsync(cancel);
        return await writing.AnswerAsync(made, async write => made.ToBackup(await ReplaceLastAsync(write)), TypedResults.Ok);
    }

    /// <summary>Notes the instant of this one, and answers that of the one before it.</summary>
    private static async ValueTask<Instant?> ReplaceLastAsync(WriteSession write)
    {
        var before = await write.FindAsync<long?>("select value from counter where name = 'last_backup'");
        await write.ExecuteAsync(
            "insert into counter (name, value) values ('last_backup', @now) on conflict (name) do update set value = excluded.value", new { now = write.Now.Milliseconds });
        return before is { } at ? new Instant(at) : null;
    }
}

/// <summary>A backup that was made.</summary>
internal sealed record Backup : IAudited
{
    /// <summary>Its name in the folder `backups` beside the database.</summary>
    public required string File { get; init; }

    /// <summary>When it was begun: all that was acknowledged before is in it.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many articles were counted in it, whatever their state.</summary>
    public required long Articles { get; init; }

    /// <summary>When the server made the one before it; absent for the first.</summary>
    public Instant? PreviousAt { get; init; }

    Audited? IAudited.Audited => new("backup", File, Audited.Created);
}
