namespace Galley.Content.Search;

/// <summary>What somebody looks for: words that must all be there, and words that must not.</summary>
internal sealed record SearchQuestion(IReadOnlyList<SearchTerm> Wanted, IReadOnlyList<SearchTerm> Unwanted)
{
    public const int MaxLength = 200;
    public const int MaxTerms = 20;

    // A quotation ends with a sign of the kind that began it; which way it is turned does not matter.
    private const string Guillemets = "«»";
    private const string Quotes = "\"“”„‟＂";

    /// <summary>Reads a question, which cannot be wrong but for saying nothing: what is no word is passed over, and a quotation that does not end is none.</summary>
    public static SearchQuestion? Parse(string text, out string? fault)
    {
        var (wanted, unwanted) = (new List<SearchTerm>(), new List<SearchTerm>());
        for (var at = 0; at < text.Length;)
        {
            var isUnwanted = false;
            for (; at < text.Length && (text[at] == '-' || IsGap(text, at)); at++)
                isUnwanted = text[at] == '-';

            if (at < text.Length)
                (isUnwanted ? unwanted : wanted).AddRange(TakeTerms(text, ref at));
        }

        fault = wanted.Count + unwanted.Count > MaxTerms ? $"asks for more than {MaxTerms} words and phrases"
            : wanted.Count > 0 ? null
            : unwanted.Count > 0 ? "only says what to leave out; add a word to look for"
            : "has no word to look for";
        return fault is null ? new SearchQuestion(wanted, unwanted) : null;
    }

    private static IReadOnlyList<SearchTerm> TakeTerms(string text, ref int at)
    {
        var start = at;
        if (EndOfQuotation(text, at) is { } end)
        {
            at = end + 1;
            return SearchTerm.Of(text[(start + 1)..end], isQuoted: true);
        }

        for (at++; at < text.Length && !IsGap(text, at) && (!IsQuote(text, at) || EndOfQuotation(text, at) is null); at++)
        {
        }

        return SearchTerm.Of(text[start..at], isQuoted: false);
    }

    // A narrow one between digits parts thousands.
    private static bool IsGap(string text, int at) =>
        char.IsWhiteSpace(text[at]) && !(Characters.IsGroupSign(text[at]) && at > 0 && at + 1 < text.Length && char.IsDigit(text[at - 1]) && char.IsDigit(text[at + 1]));

    private static int? EndOfQuotation(string text, int at)
    {
        if (!IsQuote(text, at))
            return null;

        var kind = Guillemets.Contains(text[at], StringComparison.Ordinal) ? Guillemets : Quotes;
        for (var end = at + 1; end < text.Length; end++)
        {
            if (kind.Contains(text[end], StringComparison.Ordinal) && IsQuote(text, end))
                return end;
        }

        return null;
    }

    // Between Hebrew letters it is the sign of an abbreviation.
    private static bool IsQuote(string text, int at) =>
        (Quotes.Contains(text[at], StringComparison.Ordinal) || Guillemets.Contains(text[at], StringComparison.Ordinal))
        && !(at > 0 && at + 1 < text.Length && Characters.IsHebrew(text[at - 1]) && Characters.IsHebrew(text[at + 1]));
}
