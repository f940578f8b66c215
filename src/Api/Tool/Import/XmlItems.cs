using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Galley.Tool.Import;

/// <summary>Takes an XML file apart into the elements below its channel or feed, one at a time. It opens nothing but the file, and holds no more of it than one element may have.</summary>
internal static class XmlItems
{
    private const int MaxDepth = 64;
    private const int MaxCharacters = 4 * 1024 * 1024;
    private const int MaxNodes = 100_000;

    /// <summary>Each element with its name; without the element where it is too large.</summary>
    public static IEnumerable<(XElement? Element, string Name)> Read(Stream file)
    {
        using var bounded = new BoundedStream(file);
        using var reader = XmlReader.Create(bounded, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            // Controls written as references are mended, and told; here they would end everything.
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = false,
        });
        while (Advance(reader, bounded))
        {
            if (reader.NodeType != XmlNodeType.Element || IsAround(reader))
                continue;
            if (reader.Depth == 0)
                throw new InvalidDataException($"<{reader.LocalName}> is neither RSS, Atom nor a WordPress archive.");

            var name = reader.LocalName;
            yield return (Build(reader, bounded), name);
        }
    }

    private static bool IsAround(XmlReader reader) => (reader.Depth == 0 && reader.LocalName is ("rss" or "feed")) || (reader.Depth == 1 && reader.LocalName == "channel");

    private static bool Advance(XmlReader reader, BoundedStream bounded)
    {
        bounded.Begin();
        return reader.Read();
    }

    private static XElement? Build(XmlReader reader, BoundedStream bounded)
    {
        var (top, left, nodes) = (reader.Depth, MaxCharacters, MaxNodes);
        var open = new Stack<XElement>();
        var root = Open(reader);
        if (reader.IsEmptyElement)
            return root;

        open.Push(root);
        while (Advance(reader, bounded) && (reader.Depth > top || reader.NodeType != XmlNodeType.EndElement))
        {
            if (reader.Depth - top > MaxDepth)
                throw new InvalidDataException($"an element has more than {MaxDepth} others around it.");
            if (--nodes < 0 || left < 0)
                left = -1;
            if (reader.NodeType == XmlNodeType.Element)
            {
                var isEmpty = reader.IsEmptyElement;
                var element = left < 0 ? new XElement("dropped") : Open(reader);
                if (left >= 0)
                    open.Peek().Add(element);
                if (!isEmpty)
                    open.Push(element);
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                open.Pop();
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                left = ReadText(reader, bounded, open.Peek(), left);
            }
        }

        return left < 0 ? null : root;
    }

    private static int ReadText(XmlReader reader, BoundedStream bounded, XElement parent, int left)
    {
        var (buffer, text) = (new char[4096], new StringBuilder());
        int read;
        while ((read = reader.ReadValueChunk(buffer, 0, buffer.Length)) > 0)
        {
            bounded.Begin();
            left = Math.Max(-1, left - read);
            if (left >= 0)
                text.Append(buffer, 0, read);
        }

        if (left >= 0)
            parent.Add(new XText(text.ToString()));
        return left;
    }

    private static XElement Open(XmlReader reader)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
                element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
        }

        reader.MoveToElement();
        return element;
    }

    /// <summary>Ends what has one token of many megabytes, such as an attribute.</summary>
    private sealed class BoundedStream(Stream inner) : Stream
    {
        private const int MaxToken = 8 * 1024 * 1024;

        private int _read;
        private bool? _isWide;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Begin() => _read = 0;

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            _read += read;
            Blank(buffer.AsSpan(offset, read));
            return _read <= MaxToken ? read : throw new InvalidDataException($"one tag has more than {MaxToken} bytes.");
        }

        // One control, which no XML may hold and old archives do, would end the whole. In UTF-16 such a byte is half a letter.
        private void Blank(Span<byte> bytes)
        {
            _isWide ??= bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, ..] or [_, 0, ..];
            if (_isWide == true)
                return;

            foreach (ref var each in bytes)
            {
                if (each is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                    each = (byte)' ';
            }
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
