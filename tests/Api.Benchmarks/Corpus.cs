using System.Text;
using System.Text.Json;

namespace Galley.Benchmarks;

/// <summary>The same stories each time, from a seed: five languages, a tree of sections, tags as rare and common as in life, dates over ten years with ties.</summary>
internal sealed class Corpus(int seed)
{
    private const int Sections = 48;
    private const int Tags = 2_000;

    private static readonly string[] Languages = ["fr", "en", "ar", "he", "zh-Hans"];
    private static readonly DateTime First = new(2016, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The n-th story, as a script would push it: about 3 KB.</summary>
    public byte[] Story(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var language = Languages[random.Next(Languages.Length)];
        var section = random.Next(Sections);
        var published = First.AddMinutes(random.Next(10 * 365 * 24) * 60L);

        return JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object>
            {
                ["language"] = language,
                ["status"] = "published",
                ["publishedAt"] = published,
                ["headline"] = $"{Words(random, 8)} {number}",
                ["standfirst"] = Words(random, 20),
                ["byline"] = Words(random, 2),
                ["section"] = $"top-{section % 8}/mid-{section % 24}/leaf-{section}",
                ["tags"] = Enumerable.Range(0, 2 + random.Next(5)).Select(_ => $"keyword:tag-{Zipf(random)}").Distinct(),
                ["urgency"] = 1 + random.Next(9),
                ["body"] = new { text = string.Join("\n\n", Enumerable.Range(0, 6).Select(_ => Words(random, 60))) },
            },
            Relaxed);
    }

    private static int Zipf(Random random) => (int)Math.Pow(Tags, random.NextDouble()) - 1;

    private static string Words(Random random, int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
                text.Append(' ');
            for (var letters = 2 + random.Next(9); letters > 0; letters--)
                text.Append((char)('a' + random.Next(26)));
        }

        return text.ToString();
    }
}
