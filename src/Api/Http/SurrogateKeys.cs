namespace Galley.Http;

/// <summary>The names under which caches in front can be told to drop an answer: the scopes that were asked for, and what it shows.</summary>
internal sealed record SurrogateKeys(IReadOnlyList<string> Scopes, IReadOnlyList<string> Shown)
{
    public const string Header = "Surrogate-Key";

    /// <summary>Of any list.</summary>
    public const string List = "list";

    private const int MaxLength = 4_096;

    public static string OfArticle(string id) => $"article-{id}";

    public static string OfSection(string path) => $"section-{RawTarget.EncodePath(path)}";

    public static string OfTag(string kind, string slug) => $"tag-{kind}-{Uri.EscapeDataString(slug)}";

    public static string OfLanguage(string tag) => $"language-{tag}";

    /// <summary>All of them, or the scopes alone where that would be too long; of too many scopes those that fit.</summary>
    public override string ToString()
    {
        var all = string.Join(' ', Scopes.Concat(Shown));
        if (all.Length <= MaxLength)
            return all;

        var length = 0;
        return string.Join(' ', Scopes.TakeWhile(scope => (length += scope.Length + 1) <= MaxLength));
    }
}
