using Galley.Storage;
using Galley.Storage.Sqlite;

namespace Galley.Tests.Support;

/// <summary>The audit trail of a newsroom, as it is in its file.</summary>
internal static class Trail
{
    public static IReadOnlyList<AuditEntry> Entries(this Newsroom newsroom) => [.. AuditTrail.Read(newsroom.DatabasePath, since: null, newest: null).Select(each => each.Entry)];

    /// <summary>How many entries there were ever.</summary>
    public static long LastEntry(this Newsroom newsroom) => AuditTrail.Read(newsroom.DatabasePath, since: null, newest: 1).Select(each => each.Entry.Id).FirstOrDefault();

    /// <summary>The entries behind one.</summary>
    public static IReadOnlyList<AuditEntry> EntriesBehind(this Newsroom newsroom, long number) =>
        newsroom.LastEntry() == number ? [] : [.. AuditTrail.Read(newsroom.DatabasePath, since: null, newsroom.LastEntry() - number).Select(each => each.Entry)];
}
