using System.Diagnostics;
using System.Net.Http.Headers;
using Galley.Content;
using Galley.Storage;
using Galley.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Benchmarks;

/// <summary>How stories come: each in a request of its own, or all in one.</summary>
internal enum Pushing
{
    OneByOne,
    InBulk,
}

/// <summary>What the same statements cost without a server: recorded from real pushes, replayed by prepared commands on a copy of the file, in the same transactions.</summary>
internal static class RawWrites
{
    private const string Key = "benchmark-key-benchmark-key-benchmark-key";

    /// <summary>Replays what stories from <paramref name="first"/> on cost an archive whose file is <paramref name="file"/>, on a copy of it as it is now.</summary>
    public static async Task<LoadResult> MeasureAsync(string file, Corpus corpus, int first, int stories, Pushing pushing)
    {
        var (copy, beginning) = ($"{file}.{pushing}", $"{file}.beginning");
        Copy(file, beginning);
        try
        {
            Restore(beginning, copy);
            var recording = await RecordAsync(copy, corpus, first, stories, pushing);
            Restore(beginning, copy);
            return Replay(copy, recording, stories);
        }
        finally
        {
            File.Delete(beginning);
            File.Delete(copy);
        }
    }

    // By the engine: the server may be emptying the log into the file just now.
    private static void Copy(string file, string copy)
    {
        using var from = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        using var to = new SqliteConnection($"Data Source={copy};Pooling=False");
        from.Open();
        to.Open();
        from.BackupDatabase(to);
    }

    private static void Restore(string beginning, string copy)
    {
        File.Delete($"{copy}-wal");
        File.Delete($"{copy}-shm");
        File.Copy(beginning, copy, overwrite: true);
    }

    /// <summary>Prints what the writer runs for one push of a new story, in order: a change of it is a change of the price.</summary>
    public static async Task<int> PrintAsync()
    {
        var directory = Directory.CreateTempSubdirectory("galley-bench-").FullName;
        try
        {
            var recording = await RecordAsync(Path.Combine(directory, "raw.db"), new Corpus(seed: 1), 0, 1_000, Pushing.OneByOne);
            foreach (var (statement, number) in recording[^1].Select((statement, i) => (statement, i + 1)))
                Console.WriteLine($"{number,3} {string.Join(' ', statement.Sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");

            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<IReadOnlyList<Statement>>> RecordAsync(string path, Corpus corpus, int first, int stories, Pushing pushing)
    {
        using var recorder = new RecordingDatabase(new SqliteDatabase(path));
        await using var app = Galley.Program.Build(
            ["--urls=http://127.0.0.1:0", $"--Galley:Database={path}", $"--Galley:AdminKey={Key}", "--Logging:LogLevel:Default=None"],
            services => services.Replace(ServiceDescriptor.Singleton<Database>(recorder)));
        recorder.Open(Instant.From(DateTimeOffset.UtcNow));
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        recorder.Start();
        var until = first + stories;
        for (var number = first; pushing == Pushing.InBulk && number < until; number += PushBenchmarks.Portion)
            await Archive.PushAsync(client, corpus.Lines(number, Math.Min(number + PushBenchmarks.Portion, until)));
        for (var number = first; pushing == Pushing.OneByOne && number < until; number++)
            await Archive.PushAsync(client, corpus, number);

        await app.StopAsync();
        return recorder.Transactions;
    }

    private static LoadResult Replay(string path, IReadOnlyList<IReadOnlyList<Statement>> transactions, int stories)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, SqliteDatabase.WriterPragmas);
        var commands = new Dictionary<string, SqliteCommand>(StringComparer.Ordinal);
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);

        foreach (var transaction in transactions)
        {
            Prepared(connection, commands, "begin immediate").ExecuteNonQuery();
            foreach (var statement in transaction)
                Run(Prepared(connection, commands, statement.Sql), statement);
            Prepared(connection, commands, "commit").ExecuteNonQuery();
            // As the server does: emptying the log is part of what a write costs.
            if (new FileInfo($"{path}-wal").Length > SqliteDatabase.TidyAbove)
                Run(connection, "pragma wal_checkpoint(truncate)");
        }

        var result = new LoadResult(stories, watch.Elapsed, Environment.CpuUsage.TotalTime - cpu, 0, 0);
        foreach (var command in commands.Values)
            command.Dispose();

        return result;
    }

    private static SqliteCommand Prepared(SqliteConnection connection, Dictionary<string, SqliteCommand> commands, string sql)
    {
        if (commands.TryGetValue(sql, out var known))
            return known;

        var command = connection.CreateCommand();
        command.CommandText = sql;
        return commands[sql] = command;
    }

    private static void Run(SqliteCommand command, Statement statement)
    {
        if (command.Parameters.Count == 0)
        {
            foreach (var (name, value) in statement.Parameters)
                command.Parameters.AddWithValue(name, value);
        }
        else
        {
            for (var i = 0; i < statement.Parameters.Count; i++)
                command.Parameters[i].Value = statement.Parameters[i].Value;
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
