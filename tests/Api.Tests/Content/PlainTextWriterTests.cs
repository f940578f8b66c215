using System.Diagnostics;
using Galley.Content.Body;

namespace Galley.Tests.Content;

/// <summary>Every type of block has its own place in each writer: one that is added later must not pass as something else.</summary>
public sealed class PlainTextWriterTests
{
    public static TheoryData<string> Types() => [.. BlockRules.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_type_is_written(string type)
    {
        var text = PlainTextWriter.Write([new Block { Type = type, Text = "A text", Items = [new ListItem { Text = "An item" }], Rows = [[new TableCell { Text = "A cell" }]], Url = "https://example.org/", Image = Captioned, Images = [Captioned] }]);

        Assert.Equal(type == "divider", text.Length == 0);
    }

    [Fact]
    public void One_that_no_writer_knows_is_refused_by_all_of_them()
    {
        Block[] unknown = [new Block { Type = "poll", Text = "A text" }];

        Assert.All<Func<IReadOnlyList<Block>, string>>([HtmlWriter.Write, MarkdownWriter.Write, PlainTextWriter.Write], write => Assert.Throws<UnreachableException>(() => write(unknown)));
    }

    private static Image Captioned => new() { Url = "https://example.org/a.jpg", Caption = "A caption" };
}
