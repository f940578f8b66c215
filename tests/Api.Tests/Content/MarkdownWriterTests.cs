using Galley.Content.Body;
using Galley.Tests.Support;

namespace Galley.Tests.Content;

/// <summary>What blocks become in Markdown, and that the reader finds the same blocks in it.</summary>
public sealed class MarkdownWriterTests
{
    [Fact]
    public void What_markup_can_hold_is_read_back_as_it_was()
    {
        var bodies = new RandomBody(new Random(20260301), isWild: false) { IsForMarkdown = true };
        for (var round = 0; round < 1_000; round++)
        {
            var blocks = bodies.Next();
            Same.Blocks(blocks, Read(MarkdownWriter.Write(blocks)), MarkdownWriter.Write(blocks));
        }
    }

    [Fact]
    public void Whatever_may_be_sent_settles_with_the_first_reading()
    {
        var bodies = new RandomBody(new Random(20260302), isWild: true) { IsForMarkdown = true };
        for (var round = 0; round < 1_000; round++)
        {
            var markdown = MarkdownWriter.Write(bodies.Next());
            var blocks = Read(markdown);

            Same.Blocks(blocks, Read(MarkdownWriter.Write(blocks)), markdown);
        }
    }

    private static IReadOnlyList<Block> Read(string markdown)
    {
        var reading = MarkdownReader.Read(markdown, "/body/markdown");
        Assert.Null(reading.Refusal);
        Assert.Empty(reading.Dropped);
        return reading.Blocks;
    }
}
