using System.Buffers;

namespace Galley.Content.Body;

/// <summary>Builds HTML that is well-formed XML too. Names of elements and attributes come from the code, and everything else is escaped: text cannot become markup.</summary>
internal sealed class HtmlBuilder
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("&<>\"");
    private static readonly SearchValues<char> EscapedOrLineEnd = SearchValues.Create("&<>\"\n");

    private readonly ArrayBufferWriter<char> _html = new(4_096);

    /// <summary>All that was built.</summary>
    public ReadOnlySpan<char> Written => _html.WrittenSpan;

    /// <summary>Begins again with nothing.</summary>
    public void Clear() => _html.ResetWrittenCount();

    public HtmlBuilder Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(element, attributes);
        _html.Write(">");
        return this;
    }

    public HtmlBuilder Close(string element)
    {
        _html.Write("</");
        _html.Write(element);
        _html.Write(">");
        return this;
    }

    /// <summary>An element that has no content.</summary>
    public HtmlBuilder Empty(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(element, attributes);
        _html.Write("/>");
        return this;
    }

    /// <summary>Text in which line ends count.</summary>
    public HtmlBuilder Text(ReadOnlySpan<char> text)
    {
        Escape(text, Escaped);
        return this;
    }

    /// <summary>Text whose line ends are shown as such.</summary>
    public HtmlBuilder Lines(ReadOnlySpan<char> text)
    {
        Escape(text, EscapedOrLineEnd);
        return this;
    }

    public override string ToString() => Written.ToString();

    private void Tag(string element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _html.Write("<");
        _html.Write(element);
        foreach (var (name, value) in attributes)
        {
            if (value is null)
                continue;

            _html.Write(" ");
            _html.Write(name);
            _html.Write("=\"");
            Text(value);
            _html.Write("\"");
        }
    }

    private void Escape(ReadOnlySpan<char> text, SearchValues<char> special)
    {
        for (var at = text.IndexOfAny(special); at >= 0; at = text.IndexOfAny(special))
        {
            _html.Write(text[..at]);
            _html.Write(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                _ => "<br/>",
            });
            text = text[(at + 1)..];
        }

        _html.Write(text);
    }
}
