using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Galley.Benchmarks;

/// <summary>Catching up with the change feed, against copying the same documents out of the database, interleaved. CPU time a change is the measure.</summary>
internal static class ChangeBenchmarks
{
    // As the log has them: each by its number; and as the table has them, which no feed can do.
    private const string InLogOrder = "select e.document from change c join edition e on e.article_id = c.article_id order by c.seq";
    private const string InTableOrder = "select document from edition order by position";

    public static async Task<int> RunAsync(Options options)
    {
        using var archive = await Archive.OpenAsync(options);
        var cases = Cases(archive.Beginnings).Select(each => new Case(each.Name, () => WalkAsync(archive, each.Target)))
            .Append(new Case("documents in the order of the log", () => Task.FromResult(Copy(archive.File, InLogOrder))))
            .Append(new Case("documents in the order of the table", () => Task.FromResult(Copy(archive.File, InTableOrder)))).ToList();
        for (var run = 0; run < options.Runs; run++)
        {
            foreach (var each in cases)
                each.Runs.Add(await each.RunAsync());
        }

        Write(options, cases, archive.Server.PeakMebibytes);
        return 0;
    }

    private static IEnumerable<(string Name, string Target)> Cases(IReadOnlyList<string> beginning) =>
    [
        ("catching up", $"/v1/changes?limit=1000&since={beginning[0]}"),
        ("catching up, format=text", $"/v1/changes?limit=1000&format=text&since={beginning[0]}"),
        ("snapshot", "/v1/changes?limit=1000"),
        ("catching up, one section and language", $"/v1/changes?limit=1000{Archive.Followed[1]}&since={beginning[1]}"),
        ("snapshot, one section and language", $"/v1/changes?limit=1000{Archive.Followed[1]}"),
    ];

    private static async Task<Walk> WalkAsync(Archive archive, string target)
    {
        var (before, changes, bytes) = (archive.Server.CpuTime, 0L, 0L);
        for (var at = target; ;)
        {
            var page = await archive.Client.GetByteArrayAsync(at);
            changes += Count(page, "{\"op\":\""u8);
            bytes += page.Length;
            if (page.AsSpan().EndsWith("\"upToDate\":true}"u8))
                return new Walk(changes, bytes, archive.Server.CpuTime - before);

            at = $"{target.Split("&since=")[0]}&since={NextOf(page)}";
        }
    }

    private static Walk Copy(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var (before, documents, bytes) = (Environment.CpuUsage.TotalTime, 0L, 0L);
        using var reader = command.ExecuteReader();
        for (; reader.Read(); documents++)
            bytes += reader.GetFieldValue<byte[]>(0).Length;
        return new Walk(documents, bytes, Environment.CpuUsage.TotalTime - before);
    }

    private static string NextOf(byte[] page)
    {
        var end = Encoding.ASCII.GetString(page, Math.Max(0, page.Length - 200), Math.Min(200, page.Length));
        return end.Split("\"next\":\"")[^1].Split('"')[0];
    }

    private static int Count(ReadOnlySpan<byte> page, ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (int at; (at = page.IndexOf(text)) >= 0; page = page[(at + text.Length)..])
            count++;
        return count;
    }

    private static void Write(Options options, IReadOnlyList<Case> cases, double peakMebibytes)
    {
        var (log, table) = (cases[^2].Median, cases[^1].Median);
        var page = new StringBuilder();
        Line(page, $"# Changes, {options.Articles} articles, {options.Runs} interleaved runs");
        Line(page, $"");
        Line(page, $"CPU is the server's, in microseconds a change; % is what copying the documents out of SQLite takes in a bare loop over it. Medians.");
        Line(page, $"");
        Line(page, $"| case | changes | CPU µs a change | % of copying in the order of the log | % of copying in the order of the table |");
        Line(page, $"| --- | --- | --- | --- | --- |");
        foreach (var each in cases)
            Line(page, $"| {each.Name} | {each.Runs[0].Changes} | {each.Median:F1} | {100 * log / each.Median:F0} | {100 * table / each.Median:F0} |");

        Line(page, $"");
        Line(page, $"Peak memory of the server: {peakMebibytes:F0} MiB. All runs:");
        foreach (var each in cases)
            Line(page, $"- {each.Name}: {string.Join(' ', each.Runs.Select(run => run.CpuMicroseconds.ToString("F1", CultureInfo.InvariantCulture)))}");

        Console.Write(page);
        if (options.Results is { } path)
            File.WriteAllText(path, page.ToString());
    }

    private static void Line(StringBuilder page, FormattableString line) => page.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private sealed record Walk(long Changes, long Bytes, TimeSpan Cpu)
    {
        public double CpuMicroseconds => Cpu.TotalMicroseconds / Math.Max(1, Changes);
    }

    private sealed record Case(string Name, Func<Task<Walk>> RunAsync)
    {
        public List<Walk> Runs { get; } = [];

        public double Median => Runs.Select(run => run.CpuMicroseconds).Order().ElementAt(Runs.Count / 2);
    }
}
