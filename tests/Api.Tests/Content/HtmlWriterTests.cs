using System.Xml.Linq;
using Galley.Content.Body;
using Galley.Tests.Support;

namespace Galley.Tests.Content;

/// <summary>What blocks become in HTML, and that the reader finds the same blocks in it.</summary>
public sealed class HtmlWriterTests
{
    [Fact]
    public void What_markup_can_hold_is_read_back_as_it_was()
    {
        var bodies = new RandomBody(new Random(20260301), isWild: false);
        for (var round = 0; round < 1_000; round++)
        {
            var blocks = bodies.Next();
            Same.Blocks(blocks, Read(HtmlWriter.Write(blocks)), HtmlWriter.Write(blocks));
        }
    }

    [Fact]
    public void Whatever_may_be_sent_settles_with_the_first_reading()
    {
        var bodies = new RandomBody(new Random(20260302), isWild: true);
        for (var round = 0; round < 1_000; round++)
        {
            var html = HtmlWriter.Write(bodies.Next());
            var blocks = Read(html);

            Same.Blocks(blocks, Read(HtmlWriter.Write(blocks)), html);
        }
    }

    [Fact]
    public void It_is_well_formed_xml()
    {
        var bodies = new RandomBody(new Random(20260303), isWild: true);
        for (var round = 0; round < 1_000; round++)
            Assert.NotNull(XDocument.Parse($"<div>{HtmlWriter.Write(bodies.Next())}</div>"));
    }

    private static IReadOnlyList<Block> Read(string html)
    {
        var reading = HtmlReader.Read(html, "/body/html");
        Assert.Null(reading.Refusal);
        Assert.Empty(reading.Dropped);
        return reading.Blocks;
    }
}
