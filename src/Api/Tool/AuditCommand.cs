using System.CommandLine;
using System.Data.Common;
using Galley.Content;
using Galley.Storage;
using Galley.Storage.Sqlite;

namespace Galley.Tool;

/// <summary>Tells who wrote what, a line each.</summary>
internal static class AuditCommand
{
    public static Command Make()
    {
        var since = new Option<string>("--since") { Description = "only what was written from then on, such as 2026-01-15T09:00:00Z", HelpName = "instant" };
        var limit = new Option<int?>("--limit") { Description = "only the newest so many", HelpName = "number" };
        since.Validators.Add(each =>
        {
            if (each.GetValueOrDefault<string>() is { } text && !Instant.TryParse(text, out _))
                each.AddError($"--since is an instant with its offset, such as 2026-01-15T09:00:00Z, not {text}.");
        });
        limit.Validators.Add(each =>
        {
            if (each.GetValueOrDefault<int?>() < 1)
                each.AddError("--limit is a whole number from 1 on.");
        });
        var command = new Command("audit", "Print who wrote what and when as NDJSON, the oldest first, beside a running server too.") { since, limit };
        command.Runs((parsed, settings, _) => RunAsync(settings, parsed.GetValue(since), parsed.GetValue(limit)));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings, string? since, int? limit)
    {
        long? from = since is not null && Instant.TryParse(since, out var instant) ? instant.Milliseconds : null;
        var path = Path.GetFullPath(Services.CreateBuilder(settings).AddOptions().Database);
        try
        {
            foreach (var (entry, label) in AuditTrail.Read(path, from, limit))
                await Console.Out.WriteLineAsync(ContentJson.WriteText(AuditLine.Of(entry, label)));
        }
        catch (DbException exception)
        {
            throw new StartupRefusal(StartupRefusal.BadData, $"The database {path} cannot be read: {exception.Message}");
        }

        return 0;
    }
}

/// <summary>A write, as it is told: who, what, when, and from which state to which.</summary>
internal sealed record AuditLine
{
    public required long Number { get; init; }

    public required Instant At { get; init; }

    /// <summary>The key's id, and what it is called.</summary>
    public required string Key { get; init; }

    public string? Label { get; init; }

    public required string Operation { get; init; }

    public required string Outcome { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    public string? MovedTo { get; init; }

    public string? Source { get; init; }

    public string? ExternalId { get; init; }

    public long? FromRevision { get; init; }

    public long? ToRevision { get; init; }

    public string? FromEtag { get; init; }

    public string? ToEtag { get; init; }

    public string? TraceId { get; init; }

    public required string Hash { get; init; }

    public static AuditLine Of(AuditEntry entry, string? label) => new()
    {
        Number = entry.Id,
        At = new Instant(entry.At),
        Key = entry.KeyId,
        Label = label,
        Operation = entry.Operation,
        Outcome = entry.Outcome,
        Kind = entry.Kind,
        Name = entry.Name,
        MovedTo = entry.MovedTo,
        Source = entry.Source,
        ExternalId = entry.ExternalId,
        FromRevision = entry.FromRevision,
        ToRevision = entry.ToRevision,
        FromEtag = entry.FromEtag,
        ToEtag = entry.ToEtag,
        TraceId = entry.TraceId,
        Hash = Convert.ToHexStringLower(entry.Hash),
    };
}
