using Galley.Content.Body;

namespace Galley.Tests.Content;

/// <summary>How plain text becomes paragraphs.</summary>
public sealed class PlainTextReaderTests
{
    [Theory]
    [InlineData("One.", new[] { "One." })]
    [InlineData("One.\n\nTwo.", new[] { "One.", "Two." })]
    [InlineData("One.\n\n\n\nTwo.", new[] { "One.", "Two." })]
    [InlineData("One.\n \t \nTwo.", new[] { "One.", "Two." })]
    [InlineData("\n\nOne.\n\n", new[] { "One." })]
    [InlineData("One,\nstill one.", new[] { "One,\nstill one." })]
    [InlineData("  One. \n\nTwo.", new[] { "  One. ", "Two." })]
    [InlineData("One.\u00A0\n\nTwo\u202F!", new[] { "One.\u00A0", "Two\u202F!" })]
    [InlineData("", new string[0])]
    [InlineData(" \n \n", new string[0])]
    public void Blank_lines_part_paragraphs_and_everything_else_stays(string text, string[] paragraphs)
    {
        var blocks = PlainTextReader.Read(text);

        Assert.Equal(paragraphs, blocks.Select(block => block.Text));
        Assert.All(blocks, block => Assert.Equal("paragraph", block.Type));
    }

    [Theory]
    [InlineData("« La Syrie lutte. »\n— Assad", "« La Syrie lutte. »", "Assad")]
    [InlineData("“It is,\nwe know.”\n— Ana, of “Us”", "“It is,\nwe know.”", "Ana, of “Us”")]
    [InlineData("\"It is.\"\n— Ana", "\"It is.\"", "Ana")]
    public void A_quotation_with_its_speaker_in_a_line_becomes_a_quote_that_joins_to_the_same_text(string text, string said, string speaker)
    {
        var quote = Assert.Single(PlainTextReader.Read(text));

        Assert.Equal(("quote", said, speaker), (quote.Type, quote.Text, quote.Attribution));
        Assert.Equal(text, PlainTextWriter.Write([quote]));
    }

    [Theory]
    [InlineData("\"La Syrie lutte\", a déclaré Assad lors de cette rencontre.")]
    [InlineData("« La Syrie », dit-il, « lutte. »\n— Assad")]
    [InlineData("— Bonjour.\n— Salut.")]
    [InlineData("La Syrie lutte.\n— Assad")]
    [InlineData("« La Syrie lutte. »\n— ")]
    [InlineData("« La Syrie lutte. »\n—Assad")]
    [InlineData("« La Syrie lutte. »\n—  Assad ")]
    [InlineData("« La Syrie lutte. »\n— Assad\nà Damas")]
    public void Anything_else_stays_a_paragraph(string text)
    {
        var paragraph = Assert.Single(PlainTextReader.Read(text));

        Assert.Equal(("paragraph", text.TrimEnd('\n')), (paragraph.Type, paragraph.Text));
    }
}
