using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Http.Cache;

/// <summary>Readers of several kinds who ask for the same few things again and again, as many do.</summary>
internal sealed class RandomReaders(Newsroom newsroom, IReadOnlyList<HttpClient> clients, Random dice)
{
    private static readonly string[] Encodings = ["", "br", "gzip", "gzip, br;q=0.5", "identity"];

    private const int Favourites = 10;

    private readonly Dictionary<(int, string, string), string> _tags = [];
    private readonly List<(int Reader, string Target, string Encoding)> _favourites = [];

    public int Requests { get; private set; }

    public int Unmodified { get; private set; }

    public string Difference { get; private set; } = string.Empty;

    public static async Task<RandomReaders> OpenAsync(Newsroom newsroom, Random dice)
    {
        var clients = new List<HttpClient> { newsroom.Reader, newsroom.Reader };
        object?[] limits =
        [
            null, new { sections = new[] { "a" } }, new { languages = new[] { "fr" } }, new { sources = new[] { "wire" } }, new { sections = new[] { "b" }, languages = new[] { "en" } }, new { sections = new[] { "c" } }, new { languages = new[] { "en" } },
        ];
        foreach (var limit in limits)
        {
            var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(limit is null ? new { scopes = new[] { "content:read" } } : new { scopes = new[] { "content:read" }, limits = limit })).AnsweredAsync(201);
            clients.Add(newsroom.Client(made.Text("key")));
        }

        return new RandomReaders(newsroom, clients, dice);
    }

    /// <summary>Asks once as anybody does and once past everything that is kept; null where both are told the same.</summary>
    public async Task<string?> CompareAsync(RandomDesk desk)
    {
        var (reader, target, encoding) = Wish(desk);
        var headers = new List<(string, string)>();
        if (encoding.Length > 0)
            headers.Add(("Accept-Encoding", encoding));
        if (dice.Next(2) == 0 && _tags.TryGetValue((reader, target, encoding), out var tag))
            headers.Add(("If-None-Match", tag));

        var kept = await clients[reader].SendAsync(HttpMethod.Get, target, [.. headers]);
        var answer = await WrittenAsync(kept);
        var past = await WrittenAsync(await clients[reader].SendAsync(HttpMethod.Get, target, [.. headers, ("Min-Change-Seq", Past())]));
        Requests++;
        Unmodified += (int)kept.StatusCode == 304 ? 1 : 0;
        if (kept.Headers.ETag is { } present)
            _tags[(reader, target, encoding)] = present.Tag;
        // What is not there is not kept, and nobody asks for it for long.
        if ((int)kept.StatusCode >= 400 && dice.Next(2) == 0)
            _favourites.Remove((reader, target, encoding));
        return answer == past ? null : Difference = $"reader {reader}, {target}, {string.Join(' ', headers)}\nkept: {answer}\nread: {past}";
    }

    // What is asked for is asked for again, until something else is.
    private (int Reader, string Target, string Encoding) Wish(RandomDesk desk)
    {
        if (_favourites.Count == Favourites && dice.Next(24) > 0)
            return _favourites[dice.Next(Favourites)];

        var wish = (dice.Next(clients.Count), desk.Target(), Encodings[dice.Next(3) == 0 ? dice.Next(Encodings.Length) : 0]);
        if (_favourites.Count == Favourites)
            _favourites[dice.Next(Favourites)] = wish;
        else
            _favourites.Add(wish);
        return wish;
    }

    private string Past()
    {
        using var seal = newsroom.Services.GetRequiredService<Galley.Http.NumberSeal>().For("change-seq");
        return seal.Write(newsroom.Services.GetRequiredService<Commits>().No);
    }

    private static async Task<string> WrittenAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
        var body = await response.Content.ReadAsByteArrayAsync();
        var text = response.Content.Headers.ContentEncoding.Count > 0 ? Convert.ToBase64String(body) : System.Text.Encoding.UTF8.GetString(body);
        // What a problem says of the request is its own.
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{((int)response.StatusCode >= 400 ? string.Empty : text)}";
    }
}
