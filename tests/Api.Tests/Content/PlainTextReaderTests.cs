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
}
