using System.Text;
using System.Xml;
using Galley.Content.Body;

namespace Galley.Delivery.Feeds;

/// <summary>Writes XML of whatever text: what XML has no place for (XML 1.0 §2.2) goes in as a replacement character, everything else as itself.</summary>
internal sealed class FeedXml : IDisposable
{
    public const string Atom = "http://www.w3.org/2005/Atom";
    public const string Content = "http://purl.org/rss/1.0/modules/content/";
    public const string Dc = "http://purl.org/dc/elements/1.1/";
    public const string Terms = "http://purl.org/dc/terms/";
    public const string Media = "http://search.yahoo.com/mrss/";

    private readonly MemoryStream _bytes = new();
    private readonly XmlWriter _xml;

    // Line ends inside attributes would be read as spaces, unless they are written as references.
    public FeedXml() => _xml = XmlWriter.Create(_bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Entitize });

    public FeedXml Open(string name, string? space = null, string? prefix = null)
    {
        _xml.WriteStartElement(prefix, name, space);
        return this;
    }

    public FeedXml Declare(string prefix, string space)
    {
        _xml.WriteAttributeString("xmlns", prefix, null, space);
        return this;
    }

    /// <summary>An attribute, where there is a value.</summary>
    public FeedXml With(string name, string? value)
    {
        if (value is not null)
            _xml.WriteAttributeString(name, Legal(value));
        return this;
    }

    public FeedXml In(string? language)
    {
        if (language is not null)
            _xml.WriteAttributeString("xml", "lang", null, language);
        return this;
    }

    public FeedXml Text(string text)
    {
        _xml.WriteString(Legal(text));
        return this;
    }

    /// <summary>The same without a reference for each sign of markup in it.</summary>
    public FeedXml Markup(string text)
    {
        _xml.WriteCData(Legal(text));
        return this;
    }

    public FeedXml Close()
    {
        _xml.WriteEndElement();
        return this;
    }

    /// <summary>An element with a text, where there is one.</summary>
    public FeedXml Element(string name, string? text, string? space = null, string? prefix = null) => text is null ? this : Open(name, space, prefix).Text(text).Close();

    /// <summary>A picture as Media RSS has it.</summary>
    public FeedXml Picture(Image? image)
    {
        if (image is null)
            return this;

        Open("content", Media, "media").With("url", image.Url).With("type", image.ContentType).With("medium", "image").With("width", Number(image.Width)).With("height", Number(image.Height)).With("fileSize", Number(image.Bytes));
        if (!string.IsNullOrWhiteSpace(image.Caption))
            Open("description", Media, "media").With("type", "plain").Text(image.Caption).Close();
        if (!string.IsNullOrWhiteSpace(image.Credit))
            Element("credit", image.Credit, Media, "media");
        return Close();
    }

    /// <summary>A link as Atom has it, which is also how others have it.</summary>
    public FeedXml Link(string relation, string? url, string? mediaType = null, string? language = null, string? title = null, string? length = null, string? prefix = null) => url is null ? this
        : Open("link", Atom, prefix).With("rel", relation).With("type", mediaType).With("hreflang", language).With("title", title).With("length", length).With("href", url).Close();

    public byte[] Finish()
    {
        _xml.WriteEndDocument();
        _xml.Flush();
        return _bytes.ToArray();
    }

    public static string? Number(long? number) => number is null ? null : XmlConvert.ToString(number.Value);

    public void Dispose()
    {
        _xml.Dispose();
        _bytes.Dispose();
    }

    private static string Legal(string text)
    {
        var at = FirstIllegal(text, 0);
        if (at < 0)
            return text;

        var legal = new StringBuilder(text);
        for (; at >= 0; at = FirstIllegal(text, at + 1))
            legal[at] = '\uFFFD';
        return legal.ToString();
    }

    private static int FirstIllegal(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                continue;
            if (i + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                return i;

            i++;
        }

        return -1;
    }
}
