using System.Globalization;

namespace Galley.Content.Search;

/// <summary>
/// What the index holds of an edition: words parted by spaces. Those of the headline begin with a sign, and those of the standfirst with another, so that
/// whoever looks for a word there reads no other places of it; whoever looks for it anywhere finds it without a sign, in the text or once more in the bag.
/// </summary>
internal sealed record SearchRow(string Headline, string Standfirst, string Body, string Stems, string Scopes)
{
    public const char HeadlineSign = '#';
    public const char StandfirstSign = '@';
    public const char ScopeSign = '=';

    /// <summary>The row of a document that stands in these scopes.</summary>
    public static SearchRow Of(ReadOnlySpan<byte> document, ReadOnlySpan<byte> scopes)
    {
        var text = SearchText.Of(document);
        var (headline, standfirst, body) = (Analyzer.Read(text.Headline), Analyzer.Read(text.Standfirst), Analyzer.Read(text.Body));
        return new SearchRow(
            Join(headline.Words.Select(word => HeadlineSign + word.Form)),
            Join(standfirst.Words.Select(word => StandfirstSign + word.Form)),
            Join(body.Words.Select(word => word.Form)),
            Join(Bag(headline, standfirst, body)),
            // What is breaking news ends by the clock, without a write.
            Join(ScopeSet.Unpack(scopes).Where(scope => scope != Scope.Breaking).Select(TokenOf)));
    }

    public static string TokenOf(Scope scope) => ScopeSign + scope.Packed.ToString(CultureInfo.InvariantCulture);

    // How often, and where, says nothing here.
    private static IEnumerable<string> Bag(SearchTokens headline, SearchTokens standfirst, SearchTokens body)
    {
        IReadOnlyList<SearchToken>[] unsigned = [headline.Words, headline.Others, standfirst.Words, standfirst.Others, body.Others];
        var missing = unsigned.SelectMany(tokens => tokens).Select(token => token.Form).ToHashSet(StringComparer.Ordinal);
        foreach (var word in body.Words)
            missing.Remove(word.Form);

        return missing
            .Concat(headline.Others.Select(other => HeadlineSign + other.Form).Distinct(StringComparer.Ordinal))
            .Concat(standfirst.Others.Select(other => StandfirstSign + other.Form).Distinct(StringComparer.Ordinal));
    }

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);
}
