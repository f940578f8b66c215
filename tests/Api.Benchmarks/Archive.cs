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

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("galley-bench-");

    private Archive(Corpus corpus) => Corpus = corpus;

    public Corpus Corpus { get; }

    public ServerProcess Server { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The articles in the order of their arrival.</summary>
    public IReadOnlyList<string> Ids { get; private set; } = [];

    /// <summary>Where a follower of the changes stood when nothing was there yet, for each filter of <see cref="Followed"/>.</summary>
    public IReadOnlyList<string> Beginnings { get; private set; } = [];

    public string File => Path.Combine(_directory.FullName, "galley.db");

    private string BeginningsFile => Path.Combine(_directory.FullName, "beginnings");

    public static async Task<Archive> OpenAsync(Options options)
    {
        var archive = new Archive(new Corpus(seed: 1));
        var kept = options.Archives is { } path ? Path.Combine(path, $"{options.Articles}-articles") : null;
        if (kept is not null && Directory.Exists(kept))
        {
            Copy(kept, archive._directory.FullName);
            await archive.StartAsync();
        }
        else
        {
            await archive.StartAsync();
            await archive.FillAsync(options.Articles);
            if (kept is not null)
            {
                archive.Stop();
                Copy(archive._directory.FullName, kept);
                await archive.StartAsync();
            }
        }

        archive.Beginnings = await System.IO.File.ReadAllLinesAsync(archive.BeginningsFile);
        archive.Ids = archive.ReadIds();
        return archive;
    }

    public async Task PushAsync(int number, CancellationToken cancel = default)
    {
        using var body = new ByteArrayContent(Corpus.Story(number));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await Client.PutAsync($"/v1/manage/sources/bench/articles/story-{number}?createMissing=sections,tags", body, cancel);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        Stop();
        _directory.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        Server = await ServerProcess.StartAsync("serve-galley", "--urls=http://127.0.0.1:0", $"--Galley:Database={File}", $"--Galley:AdminKey={Key}");
        Client = new HttpClient { BaseAddress = Server.Address, Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    private void Stop()
    {
        Client.Dispose();
        Server.Dispose();
    }

    // 64 at once.
    private async Task FillAsync(int articles)
    {
        var beginnings = new List<string>();
        foreach (var filter in Followed)
        {
            using var page = JsonDocument.Parse(await Client.GetByteArrayAsync($"/v1/changes?limit=1{filter}"));
            beginnings.Add(page.RootElement.GetProperty("next").GetString()!);
        }

        await System.IO.File.WriteAllLinesAsync(BeginningsFile, beginnings);
        await Parallel.ForAsync(0, articles, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, cancel) => await PushAsync(number, cancel));
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
