using System.Diagnostics;
using System.Net.Http.Headers;
using Galley.Content;
using Galley.Storage;
using Galley.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Benchmarks;

/// <summary>What the same statements cost without a server: recorded from real pushes, replayed by prepared commands on a copy of the file, a transaction each.</summary>
internal static class RawWrites
{
    private const string Key = "benchmark-key-benchmark-key-benchmark-key";
    private const int Pushes = 1_000;

    public static async Task<IReadOnlyList<LoadResult>> MeasureAsync(string directory, Corpus corpus, Options options)
    {
        var original = Path.Combine(directory, "raw.db");
        var recording = await RecordAsync(original, corpus, before: () => File.Copy(original, original + ".copy"));
        var results = new List<LoadResult>();
        for (var run = 0; run < options.Runs; run++)
        {
            var copy = $"{original}.{run}";
            File.Copy(original + ".copy", copy);
            results.Add(Replay(copy, recording));
        }

        return results;
    }

    /// <summary>Prints what the writer runs for one push of a new story, in order: a change of it is a change of the price.</summary>
    public static async Task<int> PrintAsync()
    {
        var directory = Directory.CreateTempSubdirectory("galley-bench-").FullName;
        try
        {
            var recording = await RecordAsync(Path.Combine(directory, "raw.db"), new Corpus(seed: 1), before: () => { });
            foreach (var (statement, number) in recording[^1].Select((statement, i) => (statement, i + 1)))
                Console.WriteLine($"{number,3} {string.Join(' ', statement.Sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");

            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<IReadOnlyList<Statement>>> RecordAsync(string path, Corpus corpus, Action before)
    {
        var recorder = new RecordingDatabase(new SqliteDatabase(path));
        await using var app = Galley.Program.Build(
            ["--urls=http://127.0.0.1:0", $"--Galley:Database={path}", $"--Galley:AdminKey={Key}", "--Logging:LogLevel:Default=None"],
            services => services.Replace(ServiceDescriptor.Singleton<Database>(recorder)));
        recorder.Open(Instant.From(DateTimeOffset.UtcNow));
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        // A base of stories first, so that sections, tags and b-trees are there.
        for (var number = 0; number < Pushes; number++)
            await PushAsync(client, corpus, number);

        recorder.Checkpoint();
        before();
        recorder.Start();
        for (var number = Pushes; number < 2 * Pushes; number++)
            await PushAsync(client, corpus, number);

        await app.StopAsync();
        return recorder.Transactions;
    }

    private static async Task PushAsync(HttpClient client, Corpus corpus, int number)
    {
        using var body = new ByteArrayContent(corpus.Story(number));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await client.PutAsync($"/v1/manage/sources/bench/articles/story-{number}?createMissing=sections,tags", body);
        answer.EnsureSuccessStatusCode();
    }

    private static LoadResult Replay(string path, IReadOnlyList<IReadOnlyList<Statement>> transactions)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0; pragma foreign_keys = on; pragma cache_size = -16000; pragma temp_store = memory");
        var commands = new Dictionary<string, SqliteCommand>(StringComparer.Ordinal);
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);

        foreach (var transaction in transactions)
        {
            Prepared(connection, commands, "begin immediate").ExecuteNonQuery();
            foreach (var statement in transaction)
                Run(Prepared(connection, commands, statement.Sql), statement);
            Prepared(connection, commands, "commit").ExecuteNonQuery();
        }

        var result = new LoadResult(transactions.Count, watch.Elapsed, Environment.CpuUsage.TotalTime - cpu, 0, 0);
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
