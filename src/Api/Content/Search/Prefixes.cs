namespace Galley.Content.Search;

/// <summary>Arabic and Hebrew write the article, "and", "in", "to", "from" in one with the next word: what remains without them.</summary>
internal static class Prefixes
{
    private static readonly string[] ArabicArticles = ["وال", "فال", "بال", "كال", "ولل", "لل", "ال"];

    private const string ArabicLetters = "وفبلك";

    private const string HebrewLetters = "הוכלבמש";

    private const int ShortestArabic = 3;
    private const int ShortestHebrew = 2;

    /// <summary>The forms under which a word of a text is found beside its own.</summary>
    public static IEnumerable<string> Within(string word) =>
        word.Length <= ShortestHebrew ? []
        : Characters.IsArabic(word[0]) ? WithinArabic(word).Distinct()
        : Characters.IsHebrew(word[0]) ? WithinHebrew(word)
        : [];

    /// <summary>The forms that are looked for beside a word that was asked for: who asks for "the government" means any. Other prefixes may be its first letter.</summary>
    public static IEnumerable<string> WithoutArticle(string word)
    {
        if (word.Length <= ShortestArabic)
            return [];
        if (Characters.IsArabic(word[0]))
            return ArabicArticles.Where(article => word.StartsWith(article, StringComparison.Ordinal) && word.Length - article.Length >= ShortestArabic).Select(article => word[article.Length..]).Take(1);

        return word[0] == 'ה' ? [word[1..]] : [];
    }

    private static IEnumerable<string> WithinArabic(string word)
    {
        foreach (var stem in WithoutArticle(word))
            yield return stem;

        if (word.Length <= ShortestArabic || !ArabicLetters.Contains(word[0], StringComparison.Ordinal))
            yield break;

        var rest = word[1..];
        yield return rest;
        foreach (var stem in WithoutArticle(rest))
            yield return stem;
        // "And in", "and to".
        if (word[0] is 'و' or 'ف' && rest.Length > ShortestArabic && ArabicLetters.Contains(rest[0], StringComparison.Ordinal))
            yield return rest[1..];
    }

    // "And that in the": one letter after the other.
    private static IEnumerable<string> WithinHebrew(string word)
    {
        for (var taken = 0; taken < 3 && word.Length > (taken == 0 ? ShortestHebrew : ShortestHebrew + 1) && HebrewLetters.Contains(word[0], StringComparison.Ordinal); taken++)
        {
            word = word[1..];
            yield return word;
        }
    }
}
