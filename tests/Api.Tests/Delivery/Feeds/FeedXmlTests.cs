using System.Text;
using System.Xml;
using Galley.Delivery.Feeds;

namespace Galley.Tests.Delivery.Feeds;

/// <summary>What is written straight into bytes is what the framework's own writer writes.</summary>
public sealed class FeedXmlTests
{
    private static readonly string[] Pieces = ["a", "é", "ש", "خ", "中", "😀", "&", "<", ">", "\"", "'", "]", "]]", "]]>", "\t", "\n", "\r", " ", "\u0085", "\u2028", "\uFFFD", "&amp;", "<![CDATA["];

    [Fact]
    public void Any_text_is_written_as_the_framework_writes_it()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(random.GetItems(Pieces, random.Next(i % 20 == 0 ? 9_000 : 12)));

            Assert.Equal(Expected(text), Written(text));
        }
    }

    [Theory]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(8_191)]
    [InlineData(8_192)]
    public void A_letter_of_two_halves_stays_whole_wherever_it_stands(int before)
    {
        var text = $"{new string('a', before)}😀é中";

        Assert.Equal(Expected(text), Written(text));
    }

    [Fact]
    public void A_long_feed_comes_in_pieces_that_are_small()
    {
        var xml = new FeedXml().Open("a");
        for (var i = 0; i < 100; i++)
            xml.Element("b", new string('c', 3_000));

        var pieces = xml.Close().Finish();

        Assert.InRange(pieces.Count, 10, 30);
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, 20_000));
        Assert.Equal(100, System.Xml.Linq.XElement.Parse(Encoding.UTF8.GetString([.. pieces.SelectMany(piece => piece.ToArray())])).Elements().Count());
    }

    private static string Written(string text) => Encoding.UTF8.GetString(
    [
        .. new FeedXml().Open("feed").In("fr").Declare("at", "urn:a").Declare(null, "urn:b")
            .Open("at:c").With("d", text).With("e", null).Close().Element("f", text).Element("g", null).Open("h").Markup(text).Close().Open("i").With("j", "k").Text(text).Close()
            .Close().Finish().SelectMany(piece => piece.ToArray()),
    ]);

    private static string Expected(string text)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Entitize }))
        {
            xml.WriteStartElement("feed", "urn:b");
            xml.WriteAttributeString("xml", "lang", null, "fr");
            xml.WriteAttributeString("xmlns", "at", null, "urn:a");
            xml.WriteStartElement("at", "c", "urn:a");
            xml.WriteAttributeString("d", text);
            xml.WriteEndElement();
            xml.WriteElementString("f", "urn:b", text);
            xml.WriteStartElement("h", "urn:b");
            xml.WriteCData(text);
            xml.WriteEndElement();
            xml.WriteStartElement("i", "urn:b");
            xml.WriteAttributeString("j", "k");
            xml.WriteString(text);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
