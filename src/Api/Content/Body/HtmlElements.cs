using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>What the elements of HTML come to. What is named nowhere here is transparent: its content stands where it stood.</summary>
internal static class HtmlElements
{
    /// <summary>How <see cref="HtmlWriter"/> marks the paragraph of a correction, with its instant.</summary>
    public const string CorrectionAttribute = "data-correction";

    /// <summary>Elements that become marks.</summary>
    public static readonly FrozenDictionary<string, string> Marks = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["strong"] = "strong",
        ["b"] = "strong",
        ["em"] = "emphasis",
        ["i"] = "emphasis",
        ["cite"] = "emphasis",
        ["dfn"] = "emphasis",
        ["var"] = "emphasis",
        ["u"] = "underline",
        ["ins"] = "underline",
        ["s"] = "strike",
        ["strike"] = "strike",
        ["del"] = "strike",
        ["sup"] = "superscript",
        ["sub"] = "subscript",
        ["code"] = "code",
        ["kbd"] = "code",
        ["samp"] = "code",
        ["tt"] = "code",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Boundaries = FrozenSet.Create(
        StringComparer.Ordinal,
        "address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "footer", "form", "header", "hgroup",
        "legend", "li", "main", "nav", "p", "search", "section", "summary");

    private static readonly FrozenSet<string> Dangerous = FrozenSet.Create(
        StringComparer.Ordinal,
        "applet", "audio", "base", "basefont", "bgsound", "button", "canvas", "datalist", "embed", "frame", "frameset", "iframe", "input", "link", "meta", "meter", "noembed", "noframes",
        "noscript", "object", "optgroup", "option", "param", "portal", "progress", "script", "select", "style", "template", "textarea", "title", "track", "video");

    /// <summary>Whether it and all in it goes: what runs, loads, asks or has no block. Of other vocabularies than HTML's, everything.</summary>
    public static bool IsDropped(IElement element) => element.NamespaceUri != NamespaceNames.HtmlUri || Dangerous.Contains(element.LocalName);

    /// <summary>Whether text before, in and after it stands in paragraphs of its own.</summary>
    public static bool IsBoundary(string name) => Boundaries.Contains(name);

    /// <summary>Of a heading its level, as far as there is one: pages begin with 1, stories with 2.</summary>
    public static int? HeadingLevel(string name) => name switch
    {
        "h1" or "h2" => 2,
        "h3" => 3,
        "h4" or "h5" or "h6" => 4,
        _ => null,
    };
}
