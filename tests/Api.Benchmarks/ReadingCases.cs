using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Galley.Benchmarks;

/// <summary>Requests to a server, made by the number of the connection and of the request on it.</summary>
internal sealed record Probe(ServerProcess Server, Func<int, int, byte[]> Request, int Status = 200);

/// <summary>One row: what is measured, and against what.</summary>
internal sealed record Case(string Name, int Articles, Probe Probe, string Partner, Probe Against, int? Connections = null)
{
    public List<LoadResult> Runs { get; } = [];

    public List<LoadResult> Partners { get; } = [];
}

/// <summary>The reading rows of one archive.</summary>
internal sealed class ReadingCases(Archive archive, ServerProcess bareArticle, ServerProcess bareList, string tag, string deep)
{
    private static readonly string[] Formats = ["rss", "atom", "json"];

    // One of whose scopes is large where the others are small is the worst; and one that excludes.
    private static readonly string[] Pairs = ["section=top-0&tags=keyword:tag-0&language=fr", "section=top-11&tags=keyword:tag-900&language=zh-Hans", "section=top-0/mid-1/leaf-1&tags=keyword:tag-0,-keyword:tag-1"];

    // The same words as a feed has, as often: JSON Feed has them as HTML and as text.
    private static string Whole(string format) => $"/v1/articles?fields=whole&format={(format == "json" ? "html,text" : "html")}";

    // Of what takes milliseconds: more would measure who waits.
    private const int Readers = 8;

    private readonly string _id = archive.Ids[0];
    private readonly Probe _bareArticle = Bare(bareArticle);
    private readonly Probe _bareList = Bare(bareList);

    public static async Task<ReadingCases> OfAsync(Archive archive, List<IDisposable> opened)
    {
        using var article = await archive.Client.GetAsync($"/v1/articles/{archive.Ids[0]}");
        using var list = await archive.Client.GetAsync("/v1/articles");
        return new ReadingCases(archive, await BareAsync(article), await BareAsync(list), article.Headers.ETag!.Tag, await DeepAsync(archive));

        async Task<ServerProcess> BareAsync(HttpResponseMessage answer)
        {
            var bare = await ServerProcess.StartAsync("serve-bare", answer.Content.Headers.ContentLength!.Value.ToString(CultureInfo.InvariantCulture));
            opened.Add(bare);
            return bare;
        }
    }

    /// <summary>What is asked for again and again.</summary>
    public IEnumerable<Case> Hot() =>
    [
        Row("hot article", $"/v1/articles/{_id}", "bare server", _bareArticle),
        new("304", archive.Ids.Count, new Probe(archive.Server, (_, _) => Get($"/v1/articles/{_id}", $"If-None-Match: {tag}\r\n"), 304), "bare server", _bareArticle),
        Row("hot list", "/v1/articles", "bare server", _bareList),
        Row("hot list, 500 of them", (i, n) => $"/v1/articles?section=top-{n % 10}&tags=keyword:tag-{(i + n) % 50}", "bare server", _bareList),
        .. Formats.Select(format => Row($"hot feed, {format}", $"/v1/feeds/{format}", "hot list, whole", Ask(Whole(format)))),
    ];

    /// <summary>What is read from the database, nothing being kept.</summary>
    public IEnumerable<Case> Cold() =>
    [
        Row("cold article", (i, n) => $"/v1/articles/{archive.Ids[(int)(((i * 7_919L) + (n * 104_729L)) % archive.Ids.Count)]}", "bare server", _bareArticle),
        Row("cold list", "/v1/articles", "bare server", _bareList),
        Row("cold list of a section", (_, n) => $"/v1/articles?section=top-{n % 12}", "bare server", _bareList),
        .. Pairs.Select(pair => Row($"cold list, {pair}", $"/v1/articles?{pair}", "list of a section", Ask("/v1/articles?section=top-0"))),
        Row("deep page", deep, "first page", Ask("/v1/articles")),
        Row("search, newest, a word", (i, n) => $"/v1/articles?q={Word(i, n)}&sort=newest", "bare server", _bareList),
        Row("search, newest, two words", (i, n) => $"/v1/articles?q={Word(i, n)}%20{Word(n, i + 1)}&sort=newest", "bare server", _bareList),
        Row("search, by relevance", (i, n) => $"/v1/articles?q={Word(i, n)}&sort=relevance", "bare server", _bareList),
        Row("search, by relevance, one reader", (i, n) => $"/v1/articles?q={Word(i, n)}&sort=relevance", "bare server", _bareList) with { Connections = 1 },
        .. Formats.Select(format => Row($"cold feed, {format}", $"/v1/feeds/{format}", "cold list, whole", Ask(Whole(format))) with { Connections = Readers }),
    ];

    public static byte[] Get(string target, string headers = "") => Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    // From words that half of the stories have to those that one in thousands has.
    private string Word(int i, int n) => archive.Corpus.Word((int)Math.Pow(10, 1 + (((i * 31) + (n * 7)) % 100 / 40d)));

    private Case Row(string name, string target, string partner, Probe against) => new(name, archive.Ids.Count, Ask(target), partner, against);

    private Case Row(string name, Func<int, int, string> target, string partner, Probe against) =>
        new(name, archive.Ids.Count, new Probe(archive.Server, (i, n) => Get(target(i, n))), partner, against);

    private Probe Ask(string target)
    {
        var request = Get(target);
        return new Probe(archive.Server, (_, _) => request);
    }

    private static Probe Bare(ServerProcess server)
    {
        var request = Get("/");
        return new Probe(server, (_, _) => request);
    }

    // Half of the archive down, 20,000 at most.
    private static async Task<string> DeepAsync(Archive archive)
    {
        var cursor = string.Empty;
        for (var seen = 0; seen < Math.Min(archive.Ids.Count / 2, 20_000); seen += 100)
        {
            using var page = JsonDocument.Parse(await archive.Client.GetByteArrayAsync($"/v1/articles?limit=100{cursor}"));
            cursor = $"&cursor={page.RootElement.GetProperty("page").GetProperty("next").GetString()}";
        }

        return $"/v1/articles?limit=20{cursor}";
    }
}
