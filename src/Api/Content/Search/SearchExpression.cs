namespace Galley.Content.Search;

/// <summary>Where words are looked for.</summary>
internal enum SearchField
{
    Anywhere,
    Headline,
    Standfirst,
}

/// <summary>What is looked for, in words and scopes; each engine writes it in its own language.</summary>
internal abstract record SearchExpression
{
    /// <summary>A word in any of several forms.</summary>
    public sealed record Word(IReadOnlyList<string> Forms, SearchField Field) : SearchExpression;

    /// <summary>Words that stand side by side.</summary>
    public sealed record Phrase(IReadOnlyList<string> Words, SearchField Field) : SearchExpression;

    public sealed record In(Scope Scope) : SearchExpression;

    public sealed record All(IReadOnlyList<SearchExpression> Terms) : SearchExpression;

    public sealed record Any(IReadOnlyList<SearchExpression> Terms) : SearchExpression;

    public sealed record Except(SearchExpression Term, SearchExpression Unwanted) : SearchExpression;
}
