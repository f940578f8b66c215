using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Galley.Storage;

/// <summary>What the writer does, in numbers and spans as OpenTelemetry has them. Where nobody listens they cost a comparison each.</summary>
internal static class WriterMeasures
{
    /// <summary>What the server's own instruments and spans are listened to by.</summary>
    public const string Source = "Galley";

    private static readonly ActivitySource Spans = new(Source);

    private static readonly Meter Meter = new(Source);

    private static readonly Histogram<int> Groups = Meter.CreateHistogram<int>("galley.writer.group.size", "{write}", "How many writes were committed together.");
    private static readonly Histogram<double> Commits = Meter.CreateHistogram<double>("galley.writer.commit.duration", "s", "How long a commit took, until it was on the disk.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("galley.writer.failures", "{group}", "How many groups of writes were rolled back because the database or the disk failed.");

    /// <summary>Commits, and says how long that took.</summary>
    public static void Commit(WriterConnection connection)
    {
        var begun = Stopwatch.GetTimestamp();
        connection.Commit();
        Commits.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    public static void Committed(int writes) => Groups.Record(writes);

    public static void Failed() => Failures.Add(1);

    /// <summary>The same answer, within a span from the waiting for the writer to the disk, where somebody follows the request.</summary>
    public static Task<T> Follow<T>(Func<Task<T>> write) => Spans.HasListeners() ? SpanAsync(write) : write();

    private static async Task<T> SpanAsync<T>(Func<Task<T>> write)
    {
        using var span = Spans.StartActivity("write");
        return await write();
    }
}
