using System.Text;
using System.Text.Json;

namespace Galley.Benchmarks;

/// <summary>The same stories each time, from a seed: five languages, a tree of sections, words and tags as rare and common as in life, dates over ten years with ties.</summary>
internal sealed class Corpus(int seed)
{
    private const int TopSections = 12;
    private const int MiddleSections = 7;
    private const int LeafSections = 7;
    private const int Tags = 5_000;
    private const int Paragraphs = 6;

    private static readonly DateTime First = new(2016, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Tongue[] _tongues =
    [
        new(seed, "fr", "aeiouéèbcdfglmnprstv", " ", 55), new(seed, "en", "aeioubcdfghklmnprstwy", " ", 60), new(seed, "ar", "ابتثجحدرزسشصطعفقكلمنهوي", " ", 38),
        new(seed, "he", "אבגדהוזחטיכלמנסעפצקרשת", " ", 40), new(seed, "zh-Hans", Han(), string.Empty, 75),
    ];

    /// <summary>The n-th story, as a script would push it: a body of 2 to 3 KB.</summary>
    public byte[] Story(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var tongue = _tongues[random.Next(_tongues.Length)];
        var (top, middle, leaf) = (Zipf(random, TopSections), random.Next(MiddleSections), random.Next(LeafSections));
        var published = First.AddMinutes(random.Next(10 * 365 * 24) * 60L);

        return JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object>
            {
                ["language"] = tongue.Language,
                ["status"] = "published",
                ["publishedAt"] = published,
                ["headline"] = $"{tongue.Words(random, 8)} {number}",
                ["standfirst"] = tongue.Words(random, 20),
                ["byline"] = tongue.Words(random, 2),
                ["section"] = $"top-{top}/mid-{middle}/leaf-{leaf}",
                ["tags"] = Enumerable.Range(0, 2 + random.Next(5)).Select(_ => $"keyword:tag-{Zipf(random, Tags)}").Distinct(),
                ["urgency"] = 1 + random.Next(9),
                ["body"] = new { text = string.Join("\n\n", Enumerable.Range(0, Paragraphs).Select(_ => tongue.Words(random, tongue.WordsOfParagraph))) },
            },
            Relaxed);
    }

    /// <summary>Stories as a bulk request has them, a line each.</summary>
    public ReadOnlyMemory<byte> Lines(int first, int until)
    {
        var lines = new MemoryStream();
        for (var number = first; number < until; number++)
        {
            lines.Write(Encoding.UTF8.GetBytes($"{{\"source\":\"bench\",\"externalId\":\"story-{number}\",\"article\":"));
            lines.Write(Story(number));
            lines.Write("}\n"u8);
        }

        return lines.GetBuffer().AsMemory(0, (int)lines.Length);
    }

    /// <summary>The word of a rank in English, which everybody's stories have the oftener the lower the rank is.</summary>
    public string Word(int rank) => _tongues[1].Word(rank);

    // Half of all that is said falls to the first hundredth of what could be said.
    private static int Zipf(Random random, int count) => (int)Math.Pow(count + 1, random.NextDouble()) - 1;

    private static string Han() => string.Concat(Enumerable.Range(0x4E00, 2_000).Select(code => (char)code));

    /// <summary>The words of a language.</summary>
    private sealed class Tongue
    {
        private const int Vocabulary = 30_000;

        private readonly string[] _words;
        private readonly string _between;

        public Tongue(int seed, string language, string letters, string between, int wordsOfParagraph)
        {
            (Language, WordsOfParagraph, _between) = (language, wordsOfParagraph, between);
            var random = new Random(seed);
            // Common words are short.
            _words = [.. Enumerable.Range(0, Vocabulary).Select(rank => new string(random.GetItems<char>(letters, between.Length == 0 ? 2 : 2 + (int)Math.Log10(rank + 1) + random.Next(4))))];
        }

        public string Language { get; }

        public int WordsOfParagraph { get; }

        public string Word(int rank) => _words[rank];

        public string Words(Random random, int count) => string.Join(_between, Enumerable.Range(0, count).Select(_ => _words[Zipf(random, Vocabulary)]));
    }
}
