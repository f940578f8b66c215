using System.Buffers;
using System.Globalization;
using System.Text;
using Galley.Content.Body;

namespace Galley.Delivery.Feeds;

/// <summary>Writes XML of whatever text, straight into the bytes that are sent: what XML has no place for (XML 1.0 §2.2) goes in as a replacement character, everything else as itself.</summary>
internal sealed class FeedXml
{
    public const string Atom = "http://www.w3.org/2005/Atom";
    public const string Content = "http://purl.org/rss/1.0/modules/content/";
    public const string Dc = "http://purl.org/dc/elements/1.1/";
    public const string Terms = "http://purl.org/dc/terms/";
    public const string Media = "http://search.yahoo.com/mrss/";

    // Larger ones would each be an object for the slowest kind of collection.
    private const int Piece = 16 * 1024;
    private const int LongestRun = 4 * 1024;

    private static readonly SearchValues<char> Illegal = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c).Except("\t\n\r"), '\uFFFE', '\uFFFF']);
    private static readonly SearchValues<char> EscapedInText = SearchValues.Create("&<>\r");
    private static readonly SearchValues<char> EscapedInAttributes = SearchValues.Create("&<>\r\n\t\"");

    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private readonly Stack<string> _open = new();
    private byte[] _bytes = new byte[2 * Piece];
    private int _used;
    private bool _isInTag;

    public FeedXml() => Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>"u8);

    public FeedXml Open(string name)
    {
        EndTag();
        Write("<"u8);
        Write(name);
        _open.Push(name);
        _isInTag = true;
        return this;
    }

    /// <summary>Says what a prefix stands for; without one, what names without any do.</summary>
    public FeedXml Declare(string? prefix, string space) => With(prefix is null ? "xmlns" : $"xmlns:{prefix}", space);

    /// <summary>An attribute, where there is a value.</summary>
    public FeedXml With(string name, string? value)
    {
        if (value is null)
            return this;

        Write(" "u8);
        Write(name);
        Write("=\""u8);
        Escape(value, EscapedInAttributes);
        Write("\""u8);
        return this;
    }

    public FeedXml In(string? language) => With("xml:lang", language);

    public FeedXml Text(ReadOnlySpan<char> text)
    {
        EndTag();
        Escape(text, EscapedInText);
        return this;
    }

    /// <summary>The same without a reference for each sign of markup in it.</summary>
    public FeedXml Markup(ReadOnlySpan<char> text)
    {
        EndTag();
        Write("<![CDATA["u8);
        var rest = Legal(text);
        for (var end = rest.IndexOf("]]>"); end >= 0; end = rest.IndexOf("]]>"))
        {
            Write(rest[..(end + 2)]);
            Write("]]><![CDATA["u8);
            rest = rest[(end + 2)..];
        }

        Write(rest);
        Write("]]>"u8);
        return this;
    }

    public FeedXml Close()
    {
        var name = _open.Pop();
        if (_isInTag)
        {
            Write(" />"u8);
            _isInTag = false;
        }
        else
        {
            Write("</"u8);
            Write(name);
            Write(">"u8);
        }

        if (_used >= Piece)
            EndPiece();
        return this;
    }

    /// <summary>An element with a text, where there is one.</summary>
    public FeedXml Element(string name, string? text) => text is null ? this : text.Length == 0 ? Open(name).Close() : Open(name).Text(text).Close();

    /// <summary>A picture as Media RSS has it.</summary>
    public FeedXml Picture(Image? image)
    {
        if (image is null)
            return this;

        Open("media:content").With("url", image.Url).With("type", image.ContentType).With("medium", "image").With("width", Number(image.Width)).With("height", Number(image.Height)).With("fileSize", Number(image.Bytes));
        if (!string.IsNullOrWhiteSpace(image.Caption))
            Open("media:description").With("type", "plain").Text(image.Caption).Close();
        if (!string.IsNullOrWhiteSpace(image.Credit))
            Element("media:credit", image.Credit);
        return Close();
    }

    /// <summary>A link as Atom has it, which is also how others have it.</summary>
    public FeedXml Link(string relation, string? url, string? mediaType = null, string? language = null, string? title = null, string? length = null, string name = "link") => url is null ? this
        : Open(name).With("rel", relation).With("type", mediaType).With("hreflang", language).With("title", title).With("length", length).With("href", url).Close();

    /// <summary>The bytes, in pieces.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Finish()
    {
        EndPiece();
        return _pieces;
    }

    public static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private void EndTag()
    {
        if (_isInTag)
            Write(">"u8);
        _isInTag = false;
    }

    private void EndPiece()
    {
        _pieces.Add(_bytes.AsSpan(0, _used).ToArray());
        _used = 0;
    }

    private void Escape(ReadOnlySpan<char> text, SearchValues<char> escaped)
    {
        var rest = Legal(text);
        for (var at = rest.IndexOfAny(escaped); at >= 0; at = rest.IndexOfAny(escaped))
        {
            Write(rest[..at]);
            Write(ReferenceTo(rest[at]));
            rest = rest[(at + 1)..];
        }

        Write(rest);
    }

    // Line ends and tabs are among what is escaped where they would be read as something else: in attributes as spaces.
    private static ReadOnlySpan<byte> ReferenceTo(char c) => c switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&quot;"u8,
        '\t' => "&#x9;"u8,
        '\n' => "&#xA;"u8,
        _ => "&#xD;"u8,
    };

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _used += bytes.Length;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _used < length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _used + length));
        return _bytes.AsSpan(_used);
    }

    // Half of a letter becomes a replacement character as it is encoded; a whole one is never parted.
    private void Write(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var length = text.Length <= LongestRun ? text.Length : char.IsHighSurrogate(text[LongestRun - 1]) ? LongestRun - 1 : LongestRun;
            _used += Encoding.UTF8.GetBytes(text[..length], Room(Encoding.UTF8.GetMaxByteCount(length)));
            text = text[length..];
        }
    }

    private static ReadOnlySpan<char> Legal(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(Illegal))
            return text;

        var legal = text.ToArray();
        legal.AsSpan().ReplaceAny(Illegal, '\uFFFD');
        return legal;
    }
}
