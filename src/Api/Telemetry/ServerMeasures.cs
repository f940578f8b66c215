using System.Diagnostics.Metrics;
using Galley.Http.Cache;
using Galley.Storage;

namespace Galley.Telemetry;

/// <summary>What of the server is looked at now and then, whenever somebody collects: the cache, who waits for the writer, the change log, the clock, the disk.</summary>
internal sealed class ServerMeasures(IMeterFactory meters, ResponseCache cache, Writer writer, Commits commits, Generations generations, Clock clock, GalleyOptions options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(WriterMeasures.Source);
        meter.CreateObservableCounter("galley.cache.hits", () => cache.Given, "{answer}", "How many answers came from the cache.");
        meter.CreateObservableGauge("galley.cache.size", () => cache.Bytes, "By", "How much the cache holds.");
        meter.CreateObservableGauge("galley.writer.waiting", () => writer.Waiting, "{write}", "How many writes wait for the writer.");
        meter.CreateObservableGauge("galley.changes.last", () => commits.Seq, "{change}", "The number of the last change in the log.");
        meter.CreateObservableGauge("galley.transitions.overdue", () => generations.OverdueBy(clock.Now).TotalSeconds, "s", "For how long what the clock was to publish or end waits to be told; 0 where nothing does.");
        meter.CreateObservableGauge("galley.database.size", MeasureFiles, "By", "The size of the database and of its log.");
        meter.CreateObservableGauge("galley.database.disk.free", MeasureFree, "By", "What is free on the disk that the database is on.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<long>> MeasureFiles()
    {
        foreach (var (file, end) in new[] { ("database", string.Empty), ("log", "-wal") })
        {
            if (new FileInfo(options.Database + end) is { Exists: true } present)
                yield return new Measurement<long>(present.Length, new KeyValuePair<string, object?>("file", file));
        }
    }

    private long MeasureFree() => new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(options.Database))!).AvailableFreeSpace;
}
