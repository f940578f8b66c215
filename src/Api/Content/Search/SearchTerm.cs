namespace Galley.Content.Search;

/// <summary>One thing that is asked for: a word in some forms, or several words side by side, or either.</summary>
internal sealed record SearchTerm(IReadOnlyList<string> Forms, IReadOnlyList<string> Phrase)
{
    /// <summary>Its words as they would stand in a phrase with others.</summary>
    public IReadOnlyList<string> Words => Phrase.Count > 0 ? Phrase : [Forms[0]];

    /// <summary>The terms that a text without gaps or quotation marks inside asks for; all of them are wanted. Empty where it holds no word.</summary>
    public static IReadOnlyList<SearchTerm> Of(string text, bool isQuoted)
    {
        var tokens = Analyzer.Read(text);
        if (tokens.Words is [var word])
            return [new SearchTerm(isQuoted ? [word.Form] : [word.Form, .. Prefixes.WithoutArticle(word.Form)], [])];

        return [.. Parts(tokens).Select(part => part.Count == 1 ? new SearchTerm(part, []) : new SearchTerm(isQuoted || part.Count < tokens.Words.Count ? [] : Joined(tokens), part))];
    }

    /// <summary>What to ask the index for.</summary>
    public SearchExpression In(SearchField field) =>
        Phrase.Count == 0 ? new SearchExpression.Word(Forms, field)
        : Forms.Count == 0 ? new SearchExpression.Phrase(Phrase, field)
        : new SearchExpression.Any([new SearchExpression.Word(Forms, field), new SearchExpression.Phrase(Phrase, field)]);

    // A letter that stands alone in the question may stand in a pair in the text, and parts what is beside it.
    private static List<List<string>> Parts(SearchTokens tokens)
    {
        var parts = new List<List<string>>();
        var isOpen = false;
        foreach (var word in tokens.Words)
        {
            var isLone = tokens.Others.Contains(word);
            if (isOpen && !isLone)
                parts[^1].Add(word.Form);
            else
                parts.Add([word.Form]);
            isOpen = !isLone;
        }

        return parts;
    }

    // What hyphens join is also one word.
    private static IReadOnlyList<string> Joined(SearchTokens tokens) =>
        [.. tokens.Others.Where(other => other.Start == tokens.Words[0].Start && other.End == tokens.Words[^1].End).Select(other => other.Form)];
}
