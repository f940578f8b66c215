using System.Net.Http.Headers;
using System.Text.Json;

namespace Galley.Benchmarks;

/// <summary>Fills a server with stories, as scripts would.</summary>
internal static class Archive
{
    public const string Key = "benchmark-key-benchmark-key-benchmark-key";

    public static Task<ServerProcess> OpenAsync(string directory) =>
        ServerProcess.StartAsync("serve-galley", "--urls=http://127.0.0.1:0", $"--Galley:Database={FileIn(directory)}", $"--Galley:AdminKey={Key}");

    public static string FileIn(string directory) => Path.Combine(directory, "galley.db");

    public static HttpClient ClientOf(ServerProcess galley)
    {
        var client = new HttpClient { BaseAddress = galley.Address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return client;
    }

    /// <summary>Pushes the first stories of a corpus, 64 at once; answers their ids.</summary>
    public static async Task<string[]> FillAsync(HttpClient client, Corpus corpus, int articles)
    {
        var ids = new string[articles];
        await Parallel.ForAsync(0, articles, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, cancel) => ids[number] = await PushAsync(client, corpus, number, cancel));
        return ids;
    }

    public static async Task<string> PushAsync(HttpClient client, Corpus corpus, int number, CancellationToken cancel)
    {
        using var body = new ByteArrayContent(corpus.Story(number));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await client.PutAsync($"/v1/manage/sources/bench/articles/story-{number}?createMissing=sections,tags", body, cancel);
        using var article = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancel));
        return article.RootElement.GetProperty("id").GetString()!;
    }
}
