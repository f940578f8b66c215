using System.Text;

namespace Galley.Content.Body;

/// <summary>Builds HTML that is well-formed XML too. Names of elements and attributes come from the code, and everything else is escaped: text cannot become markup.</summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _html = new();

    public HtmlBuilder Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(element, attributes);
        _html.Append('>');
        return this;
    }

    public HtmlBuilder Close(string element)
    {
        _html.Append("</").Append(element).Append('>');
        return this;
    }

    /// <summary>An element that has no content.</summary>
    public HtmlBuilder Empty(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(element, attributes);
        _html.Append("/>");
        return this;
    }

    /// <summary>Text in which line ends count.</summary>
    public HtmlBuilder Text(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            Escape(c);
        return this;
    }

    /// <summary>Text whose line ends are shown as such.</summary>
    public HtmlBuilder Lines(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c == '\n')
                Empty("br");
            else
                Escape(c);
        }

        return this;
    }

    public override string ToString() => _html.ToString();

    private void Tag(string element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _html.Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            if (value is null)
                continue;

            _html.Append(' ').Append(name).Append("=\"");
            Text(value);
            _html.Append('"');
        }
    }

    private void Escape(char c)
    {
        switch (c)
        {
            case '&':
                _html.Append("&amp;");
                break;
            case '<':
                _html.Append("&lt;");
                break;
            case '>':
                _html.Append("&gt;");
                break;
            case '"':
                _html.Append("&quot;");
                break;
            default:
                _html.Append(c);
                break;
        }
    }
}
