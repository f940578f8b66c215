namespace Galley.Content.Search;

/// <summary>One word as it is looked up, and where it stands in the text it was read from, in UTF-16 code units.</summary>
internal readonly record struct SearchToken(string Form, int Start, int End);

/// <summary>
/// A text as search sees it: its words in order, one form each, which phrases are made of; and other forms under which some of them are found too,
/// such as a word without the article before it.
/// </summary>
internal sealed record SearchTokens(IReadOnlyList<SearchToken> Words, IReadOnlyList<SearchToken> Others);
