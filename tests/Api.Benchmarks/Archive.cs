using System.Net.Http.Headers;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Galley.Benchmarks;

/// <summary>A server filled with stories, as scripts would fill it; over a file that may be kept for the next run, which works on a copy of it.</summary>
internal sealed class Archive : IDisposable
{
    /// <summary>The filters of those who follow the changes from the beginning on.</summary>
    public static readonly IReadOnlyList<string> Followed = ["", "&section=top-1&language=fr"];

    public const string Key = "benchmark-key-benchmark-key-benchmark-key";

    private const string FileName = "galley.db";

    private const int Portion = 2_000;

    private readonly string _directory;
    private readonly bool _isKept;
    private ServerProcess? _server;
    private HttpClient? _client;

    private Archive(string directory, bool isKept) => (_directory, _isKept) = (directory, isKept);

    public Corpus Corpus { get; } = new(seed: 1);

    public ServerProcess Server => _server!;

    public HttpClient Client => _client!;

    /// <summary>The articles in the order of their arrival.</summary>
    public IReadOnlyList<string> Ids { get; private set; } = [];

    /// <summary>Where a follower of the changes stood when nothing was there yet, for each filter of <see cref="Followed"/>.</summary>
    public IReadOnlyList<string> Beginnings { get; private set; } = [];

    public string File => Path.Combine(_directory, FileName);

    private string BeginningsFile => Path.Combine(_directory, "beginnings");

    /// <summary>An archive that may be written to: a copy of the one that is kept, or a new one.</summary>
    public static async Task<Archive> OpenAsync(Options options)
    {
        var archive = new Archive(Directory.CreateTempSubdirectory("galley-bench-").FullName, isKept: false);
        if (KeptIn(options) is { } kept)
        {
            await FillAsync(options);
            Copy(kept, archive._directory);
        }
        else
        {
            await archive.FillAsync(options.Articles);
        }

        await archive.StartAsync(ServerProcess.StartAsync);
        return archive;
    }

    /// <summary>The archive that is kept, for those who only read.</summary>
    public static async Task<Archive> OpenKeptAsync(Options options, params string[] settings)
    {
        await FillAsync(options);
        var archive = new Archive(KeptIn(options)!, isKept: true);
        await archive.StartAsync(args => ServerProcess.StartAsync([.. args, .. settings]));
        return archive;
    }

    /// <summary>Fills the archive that is kept, from wherever an earlier filling ended.</summary>
    public static async Task<int> FillAsync(Options options)
    {
        var kept = KeptIn(options) ?? throw new ArgumentException("--archives says where archives are kept.");
        Directory.CreateDirectory(kept);
        using var archive = new Archive(kept, isKept: true);
        if (!System.IO.File.Exists(archive.File) || archive.ReadIds().Count < options.Articles)
            await archive.FillAsync(options.Articles);
        return 0;
    }

    public Task PushAsync(int number, CancellationToken cancel = default) => PushAsync(Client, Corpus, number, cancel);

    public static async Task PushAsync(HttpClient client, Corpus corpus, int number, CancellationToken cancel = default)
    {
        using var body = new ByteArrayContent(corpus.Story(number));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await client.PutAsync($"/v1/manage/sources/bench/articles/story-{number}?createMissing=sections,tags", body, cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Pushes what stands in these lines, in one request.</summary>
    public static async Task PushAsync(HttpClient client, ReadOnlyMemory<byte> lines, CancellationToken cancel = default)
    {
        using var body = new ReadOnlyMemoryContent(lines);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var answer = await client.PostAsync("/v1/manage/articles/bulk?createMissing=sections,tags", body, cancel);
        var results = await answer.Content.ReadAsStringAsync(cancel);
        if (!results.EndsWith("\"failed\":0}\n", StringComparison.Ordinal))
            throw new InvalidOperationException(results[^Math.Min(results.Length, 2_000)..]);
    }

    public void Dispose()
    {
        Stop();
        if (!_isKept)
            Directory.Delete(_directory, recursive: true);
    }

    /// <summary>What a server of the archive that is kept is started with.</summary>
    public static IEnumerable<string> SettingsOf(Options options) => SettingsOf(Path.Combine(KeptIn(options)!, FileName));

    private static IEnumerable<string> SettingsOf(string file) => [$"--Galley:Database={file}", $"--Galley:AdminKey={Key}"];

    private static string? KeptIn(Options options) => options.Archives is { } path ? Path.Combine(path, $"{options.Articles}-articles") : null;

    private async Task StartAsync(Func<string[], Task<ServerProcess>> start)
    {
        _server = await start(["serve-galley", "--urls=http://127.0.0.1:0", .. SettingsOf(File)]);
        _client = new HttpClient { BaseAddress = Server.Address, Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Beginnings = System.IO.File.Exists(BeginningsFile) ? await System.IO.File.ReadAllLinesAsync(BeginningsFile) : [];
        Ids = ReadIds();
    }

    private void Stop()
    {
        _client?.Dispose();
        _server?.Dispose();
        (_client, _server) = (null, null);
    }

    private async Task FillAsync(int articles)
    {
        await StartAsync(ServerProcess.StartUnpinnedAsync);
        if (Beginnings.Count == 0)
            await System.IO.File.WriteAllLinesAsync(BeginningsFile, await Task.WhenAll(Followed.Select(BeginAsync)));

        // In the order of their numbers, so that where an earlier filling ended is where the next goes on.
        for (var first = Ids.Count; first < articles; first += Portion)
            await PushAsync(Client, Corpus.Lines(first, Math.Min(first + Portion, articles)));
        Stop();
    }

    private async Task<string> BeginAsync(string filter)
    {
        using var page = JsonDocument.Parse(await Client.GetByteArrayAsync($"/v1/changes?limit=1{filter}"));
        return page.RootElement.GetProperty("next").GetString()!;
    }

    private IReadOnlyList<string> ReadIds()
    {
        using var connection = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
        return [.. connection.Query<string>("select public_id from article order by id")];
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            System.IO.File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
