using Galley.Content;

namespace Galley.Storage;

/// <summary>What a commit changed of all that readers may see, so that answers which were kept are asked for anew. Rather too much than too little: that costs one reading.</summary>
internal sealed class Touched
{
    private static readonly char[] Blank = [' ', '\n', '('];

    // What no answer shows, and what those who write it tell themselves, by article and scope. A change of any other table touches everything.
    private static readonly HashSet<string> Told =
    [
        "article", "article_address", "article_key", "article_slug", "article_stand", "api_key", "audit", "card", "change", "correction", "counter", "edition", "edition_address", "gone", "listing", "meaning",
        "preview_link", "reference", "reply", "revision", "scope_shown", "search", "search_state", "secret", "transition", "translation_group", "working_scope",
    ];

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> Statements = new(StringComparer.Ordinal);

    private readonly HashSet<string> _articles = new(StringComparer.Ordinal);
    private readonly HashSet<(Scope Scope, long Position)> _scopes = [];

    public bool IsEverything { get; private set; }

    public IReadOnlyCollection<string> Articles => _articles;

    /// <summary>Where something came, changed or went, and at which position.</summary>
    public IReadOnlyCollection<(Scope Scope, long Position)> Scopes => _scopes;

    public void Everything() => IsEverything = true;

    public void Article(string publicId) => _articles.Add(publicId);

    public void Listed(IEnumerable<Scope> scopes, long position)
    {
        foreach (var scope in scopes)
            _scopes.Add((scope, position));
    }

    /// <summary>Takes over what another has gathered, which begins anew.</summary>
    public void TakeOver(Touched other)
    {
        IsEverything |= other.IsEverything;
        _articles.UnionWith(other._articles);
        _scopes.UnionWith(other._scopes);
        other.Forget();
    }

    public void Forget()
    {
        IsEverything = false;
        _articles.Clear();
        _scopes.Clear();
    }

    /// <summary>Looks at a statement that changes something.</summary>
    public void Ran(string sql) => IsEverything |= !Statements.GetOrAdd(sql, IsTold);

    // "insert into x", "update x", "delete from x".
    private static bool IsTold(string sql)
    {
        var words = sql.Split(Blank, 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Told.Contains(words[0] == "update" ? words[1] : words[2]);
    }
}
