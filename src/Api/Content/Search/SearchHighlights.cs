namespace Galley.Content.Search;

/// <summary>Finds in a text what was looked for.</summary>
internal static class SearchHighlights
{
    /// <summary>The places of all wanted words and phrases, in order; none overlaps another.</summary>
    public static IReadOnlyList<(int Start, int End)> Find(string text, SearchQuestion question)
    {
        var tokens = Analyzer.Read(text);
        var places = question.Wanted.SelectMany(term => Find(tokens, term)).OrderBy(place => place.Start).ThenByDescending(place => place.End);

        var merged = new List<(int Start, int End)>();
        foreach (var place in places)
        {
            if (merged.Count > 0 && place.Start < merged[^1].End)
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, place.End));
            else
                merged.Add(place);
        }

        return merged;
    }

    private static IEnumerable<(int Start, int End)> Find(SearchTokens tokens, SearchTerm term) =>
        tokens.Words.Concat(tokens.Others).Where(token => term.Forms.Contains(token.Form)).Select(token => (token.Start, token.End))
            .Concat(term.Phrase.Count == 0 ? [] : FindPhrases(tokens.Words, term.Phrase));

    private static IEnumerable<(int Start, int End)> FindPhrases(IReadOnlyList<SearchToken> words, IReadOnlyList<string> phrase)
    {
        for (var at = 0; at + phrase.Count <= words.Count; at++)
        {
            if (phrase.Select((word, i) => words[at + i].Form == word).All(isSame => isSame))
                yield return (words[at].Start, words[at + phrase.Count - 1].End);
        }
    }
}
