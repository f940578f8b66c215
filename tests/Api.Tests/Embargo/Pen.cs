using System.Globalization;

namespace Galley.Tests.Embargo;

/// <summary>Writes one request out of clues, and remembers whether one of them was hidden.</summary>
internal sealed class Pen(Lore lore, Random random)
{
    public bool IsHidden { get; private set; }

    public Random Random => random;

    public string Take(ClueKind kind, int hiddenPercent = 60)
    {
        var clue = lore.Pick(kind, random, hiddenPercent);
        IsHidden |= clue.IsHidden;
        return clue.Text;
    }

    /// <summary>Several clues joined, as the values of one parameter are.</summary>
    public string TakeSome(ClueKind kind) =>
        string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Take(kind)).Distinct());

    /// <summary>An instant of some article, or the millisecond beside it.</summary>
    public string TakeInstant() =>
        Twins.Written(DateTimeOffset.Parse(Take(ClueKind.Instant), CultureInfo.InvariantCulture).AddMilliseconds(random.Next(-1, 2)));

    /// <summary>An expression over tags, of any shape the grammar has.</summary>
    public string TakeTags()
    {
        string Tag() => Take(ClueKind.Tag);
        return random.Next(8) switch
        {
            0 => $"{Tag()},{Tag()}",
            1 => $"{Tag()}|{Tag()}",
            2 => $"-{Tag()}",
            3 => $"({Tag()}|{Tag()}),-{Tag()}",
            4 => $"{Tag()}|{Tag()}|{Tag()}",
            5 => $"{Tag()},-{Tag()}",
            _ => Tag(),
        };
    }

    /// <summary>Words of some story, in any way that one may ask for them.</summary>
    public string TakeQuestion()
    {
        var words = Take(ClueKind.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var first = random.Next(words.Length);
        return random.Next(8) switch
        {
            0 => $"\"{words[first]} {words[Math.Min(first + 1, words.Length - 1)]}\"",
            1 => $"{words[first]} {random.Pick(words)}",
            2 => $"{words[first]} -{random.Pick(Take(ClueKind.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries))}",
            3 => string.Join(' ', words.Take(6)),
            _ => words[first],
        };
    }

    public static string Escape(string text) => Uri.EscapeDataString(text);

    /// <summary>A path with its slashes as they are or, as some clients write it, all escaped.</summary>
    public string EscapePath(string path) => random.Chance(15) ? Escape(path) : string.Join('/', path.Split('/').Select(Escape));
}
