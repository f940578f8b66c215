using System.Text.RegularExpressions;

namespace Galley.Content;

/// <summary>How the website addresses articles, such as <c>https://www.example.org/{path}</c>: makes the address of an article, and reads from an address which article it is.</summary>
internal sealed partial class ArticleUrl
{
    public const string Form = "it may have {language}, {section}, {slug}, {path} and {id}";

    // What stands for a placeholder, in an address in comparable form. None of it has a separator but the two that are paths.
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["language"] = "[a-zA-Z0-9-]+",
        ["section"] = "[a-zA-Z0-9%-]+(?:/[a-zA-Z0-9%-]+)*",
        ["slug"] = "[a-zA-Z0-9%-]+",
        ["path"] = "[a-zA-Z0-9%-]+(?:/[a-zA-Z0-9%-]+)+",
        ["id"] = "[0-9a-f-]{36}",
    };

    private readonly string _template;
    private readonly (string[] Parts, Regex Reader) _whole;
    private readonly (string[] Parts, Regex Reader) _sectionless;

    private ArticleUrl(string template)
    {
        _template = template;
        // An article without a section leaves out the slash too.
        var withoutSection = template.Replace("{section}/", string.Empty, StringComparison.Ordinal).Replace("/{section}", string.Empty, StringComparison.Ordinal).Replace("{section}", string.Empty, StringComparison.Ordinal);
        _whole = (Placeholder().Split(template), ReaderOf(template));
        _sectionless = (Placeholder().Split(withoutSection), ReaderOf(withoutSection));
    }

    /// <summary>The template in the form in which addresses are made of it.</summary>
    public override string ToString() => _template;

    /// <summary>The website's first page; null where each language has a host of its own.</summary>
    public string? Home
    {
        get
        {
            var host = OfHost().Match(_template).Value;
            return host.Contains('{', StringComparison.Ordinal) ? null : $"{host}/";
        }
    }

    /// <summary>What is wrong with a template, each as the end of a sentence about it.</summary>
    public static IEnumerable<string> MistakesIn(string text)
    {
        var unknown = Placeholder().Matches(text).Select(match => match.Value).Where(value => !Values.ContainsKey(value.Trim('{', '}'))).ToList();
        foreach (var placeholder in unknown)
            yield return $"has {placeholder}, but {Form}";

        if (unknown.Count == 0 && WithTokens(text, out _) is null)
            yield return "is not an absolute http or https URL";
        if (text.Contains('#', StringComparison.Ordinal))
            yield return "has a fragment, which no server sees";
        if (!Identifying().IsMatch(text))
            yield return "needs {path}, {slug} or {id}: without, all articles have one address";
        if (OfHost().Match(text) is { Success: true } host && Placeholder().Matches(host.Value).Any(match => match.Value != "{language}"))
            yield return "has another placeholder than {language} in its host";
        if (Adjacent().Match(text) is { Success: true } adjacent)
            yield return $"needs a / or another separator between {adjacent.Groups[1].Value} and {adjacent.Groups[2].Value}";
    }

    /// <summary>A template without mistakes.</summary>
    public static ArticleUrl Parse(string text)
    {
        var template = WithTokens(text, out var tokens)!;
        foreach (var (token, placeholder) in tokens)
            template = template.Replace(token, placeholder, StringComparison.Ordinal);

        return new ArticleUrl(template);
    }

    /// <summary>The address of the article that has this id and stands at this path.</summary>
    public string Of(string id, string path)
    {
        var (language, section, slug) = Parts(path);
        return string.Concat((section is null ? _sectionless : _whole).Parts.Select(part => part switch
        {
            "{language}" => language,
            "{section}" => Encode(section!),
            "{slug}" => Encode(slug),
            "{path}" => Encode(path),
            "{id}" => id,
            _ => part,
        }));
    }

    /// <summary>Which article an address names, if it has this form: as far as the template says it.</summary>
    public SiteAddress? Read(string url)
    {
        var comparable = WebAddress.Comparable(url);
        if (_whole.Reader.Match(comparable) is { Success: true } whole)
            return Read(whole);

        return _sectionless.Reader.Match(comparable) is { Success: true } sectionless ? Read(sectionless) with { HasSection = true } : null;
    }

    private static SiteAddress Read(Match match)
    {
        string? Value(string name) => match.Groups[name] is { Success: true } group ? PlainText.Normalize(Uri.UnescapeDataString(group.Value)) : null;

        var (language, section, slug) = Value("path") is { } path ? Parts(path) : (Value("language"), Value("section"), Value("slug"));
        return new SiteAddress
        {
            Id = Value("id"),
            Language = language is not null && Language.TryParse(language, out var tag) ? tag.Tag : null,
            Section = section,
            HasSection = section is not null || match.Groups["path"].Success,
            Slug = slug,
        };
    }

    private static (string Language, string? Section, string Slug) Parts(string path)
    {
        var (first, last) = (path.IndexOf('/'), path.LastIndexOf('/'));
        return (path[..first], first == last ? null : path[(first + 1)..last], path[(last + 1)..]);
    }

    // Placeholders have braces, which no URL may have: words of the same place instead.
    private static string? WithTokens(string text, out List<(string Token, string Placeholder)> tokens)
    {
        tokens = [.. Values.Keys.Select(name => ($"galley0{name}0galley", $"{{{name}}}"))];
        foreach (var (token, placeholder) in tokens)
            text = text.Replace(placeholder, token, StringComparison.Ordinal);

        return WebAddress.Normalize(text);
    }

    private static Regex ReaderOf(string template)
    {
        var comparable = Regex.Escape(WebAddress.Comparable(WithTokens(template, out var tokens)!));
        foreach (var (token, placeholder) in tokens)
        {
            var (name, first) = (placeholder.Trim('{', '}'), comparable.IndexOf(token, StringComparison.Ordinal));
            if (first >= 0)
                comparable = comparable[..first] + $"(?<{name}>{Values[name]})" + comparable[(first + token.Length)..].Replace(token, Values[name], StringComparison.Ordinal);
        }

        return new Regex($@"^{comparable}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    private static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    // Captured, so that a split keeps them.
    [GeneratedRegex(@"(\{[^{}]*\})", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{(path|slug|id)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Identifying();

    [GeneratedRegex("^[^/]*//[^/?]*", RegexOptions.CultureInvariant)]
    private static partial Regex OfHost();

    [GeneratedRegex(@"(\{[^{}]*\})[a-zA-Z0-9%-]*(\{[^{}]*\})", RegexOptions.CultureInvariant)]
    private static partial Regex Adjacent();
}

/// <summary>Which article an address of the website names.</summary>
internal sealed record SiteAddress
{
    public string? Id { get; init; }

    public string? Language { get; init; }

    public string? Section { get; init; }

    /// <summary>Whether the address says in which section, or that it is in none.</summary>
    public bool HasSection { get; init; }

    public string? Slug { get; init; }
}
