namespace Galley.Http;

/// <summary>Finds the name a sender probably meant.</summary>
internal static class Suggestion
{
    private const int MaxLength = 40;

    /// <summary>The nearest of <paramref name="names"/>, or null when none is near.</summary>
    public static string? For(string name, IEnumerable<string> names)
    {
        if (name.Length > MaxLength)
            return null;

        var (nearest, distance) = names
            .Select(candidate => (candidate, Distance: Distance(name, candidate)))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault((string.Empty, int.MaxValue));

        return distance <= Math.Max(1, name.Length / 3) ? nearest : null;
    }

    // Levenshtein's distance, in which two neighbours that changed places count as one slip ("sectoin").
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var isSame = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (isSame ? 0 : 1));

                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
