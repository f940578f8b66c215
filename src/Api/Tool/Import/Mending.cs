using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Galley.Content;

namespace Galley.Tool.Import;

/// <summary>Makes an article of what other systems wrote: what is obviously meant is mended, and told.</summary>
internal sealed partial class Mending
{
    private const int MaxHeadline = 500;
    private const int MaxStandfirst = 2000;
    private const int MaxTags = 100;

    private readonly List<string> _mended = [];

    public IReadOnlyList<string> Mended => _mended;

    public JsonObject Article { get; } = [];

    /// <summary>A member of plain text, though it may hold markup in the file.</summary>
    public Mending Plain(string member, string? text, int maxLength = MaxHeadline)
    {
        if (string.IsNullOrWhiteSpace(text))
            return this;

        var plain = WebUtility.HtmlDecode(Markup().Replace(text, " "));
        plain = string.Join(' ', Clean(member, plain).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 0));
        if (plain.Length > maxLength)
        {
            var end = char.IsHighSurrogate(plain[maxLength - 2]) ? maxLength - 2 : maxLength - 1;
            plain = plain[..end] + "…";
            _mended.Add($"{member} was longer than {maxLength} and is cut");
        }

        if (plain.Length > 0)
            Article[member] = plain;
        return this;
    }

    public Mending Headline(string? text) => Plain("headline", text);

    public Mending Standfirst(string? text) => Plain("standfirst", text, MaxStandfirst);

    public Mending Language(string? text)
    {
        if (text?.Trim().Replace('_', '-') is { Length: > 0 } language)
            Article["language"] = language;
        return this;
    }

    public Mending Body(string form, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            Article["body"] = new JsonObject { [form] = Clean("body", text) };
        return this;
    }

    public Mending Tags(IEnumerable<(string Kind, string Name)> tags)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var array = new JsonArray();
        foreach (var (kind, raw) in tags)
        {
            var name = string.Join(' ', Clean("tags", WebUtility.HtmlDecode(raw)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (name.Length == 0 || !known.Add($"{kind}:{Slug.From(name)}"))
                continue;
            if (array.Count == MaxTags)
            {
                _mended.Add($"tags beyond {MaxTags} are left out");
                break;
            }

            array.Add(new JsonObject { ["kind"] = kind, ["name"] = name });
        }

        if (array.Count > 0)
            Article["tags"] = array;
        return this;
    }

    public Mending Section(IReadOnlyList<string>? names)
    {
        if (names is { Count: > 0 })
            Article["section"] = new JsonObject { ["breadcrumb"] = new JsonArray([.. names.Select(name => (JsonNode)WebUtility.HtmlDecode(name))]) };
        return this;
    }

    public Mending Address(string member, string? url)
    {
        if (url?.Trim() is { Length: > 0 } text && WebAddress.Normalize(text) is { Length: <= WebAddress.MaxLength } address)
            Article[member] = member == "aliases" ? new JsonArray(address) : address;
        return this;
    }

    public Mending Image(string? url, string? alt = null, string? caption = null)
    {
        if (url is null || WebAddress.Normalize(url.Trim()) is not { } address)
            return this;

        var image = new JsonObject { ["url"] = address };
        foreach (var (member, text) in new[] { ("alt", alt), ("caption", caption) })
        {
            if (!string.IsNullOrWhiteSpace(text))
                image[member] = Clean("leadImage", text).Trim();
        }

        Article["leadImage"] = image;
        return this;
    }

    /// <summary>Published on the date, as the file has it. A date that nobody can read makes a draft: published now, an old story would lead the front page.</summary>
    public Mending Status(bool isPublished, params string?[] dates)
    {
        var written = dates.Where(date => !string.IsNullOrWhiteSpace(date) && !date.StartsWith("0000", StringComparison.Ordinal)).ToList();
        var date = written.Select(text => WrittenDate.Read(text!)).FirstOrDefault(instant => instant is not null);
        if (date is { } known)
            Article["publishedAt"] = known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        else if (written.Count > 0 && isPublished)
            _mended.Add($"the date {written[0]![..Math.Min(60, written[0]!.Length)]} cannot be read, so it is a draft");

        Article["status"] = isPublished && (date is not null || written.Count == 0) ? "published" : "draft";
        return this;
    }

    public Mending Note(string? what)
    {
        if (what is not null)
            _mended.Add(what);
        return this;
    }

    private string Clean(string member, string text)
    {
        if (PlainText.FindFault(text) is null)
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half a pair comes as a replacement character.
            if (rune.Value is '\t' or '\n' or '\r' || (rune.Value is >= 0x20 and not 0x7F && (rune.Value & 0xFFFE) != 0xFFFE && rune.Value is not (>= 0xFDD0 and <= 0xFDEF)))
                clean.Append(rune);
        }

        _mended.Add($"{member} held characters that no text may hold, and has lost them");
        return clean.ToString();
    }

    [GeneratedRegex("<[a-zA-Z/!][^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();
}
