using Galley.Content.Body;
using Galley.Tests.Support;

namespace Galley.Tests.Content;

/// <summary>What Markdown becomes.</summary>
public sealed class MarkdownReaderTests
{
    [Theory]
    [InlineData("One\nstill one.\n\nTwo.", "paragraph: One still one.", "paragraph: Two.")]
    [InlineData("One  \ntwo\\\nthree", "paragraph: One⏎two⏎three")]
    [InlineData("# A\n## B\nC\n---", "heading2: A", "heading2: B", "heading2: C")]
    [InlineData("**a** *b* ~~c~~ `d` [e](https://e.org/ \"t\")", "paragraph: [strong:a] [emphasis:b] [strike:c] [code:d] [link https://e.org/:e]")]
    [InlineData("> A\n> B", "quote: A B")]
    [InlineData("- A\n- B\n  1. C\n     - D", "list: A | B {C | D}")]
    [InlineData("1. A\n\n2. B", "numbers: A | B")]
    [InlineData("```csharp\nvar a = \"<b>\";\n```", "code csharp: var a = \"<b>\";")]
    [InlineData("    indented", "code: indented")]
    [InlineData("| A | B |\n|---|---|\n| 1 | **2** |", "table: <A | B> / 1 | [strong:2]")]
    [InlineData("![Alt](https://e.org/a.jpg)", "image: https://e.org/a.jpg (Alt)")]
    [InlineData("A\n\n***\n\nB", "paragraph: A", "divider", "paragraph: B")]
    [InlineData("a [b][r]\n\n[r]: https://e.org/r", "paragraph: a [link https://e.org/r:b]")]
    [InlineData("<https://e.org/> &copy; \\*a\\*", "paragraph: [link https://e.org/:https://e.org/] © *a*")]
    [InlineData("<div>a <b>b</b></div>\n\nc <sup>d</sup>", "paragraph: a [strong:b]", "paragraph: c [superscript:d]")]
    public void Becomes_blocks(string markdown, params string[] blocks) => Assert.Equal(blocks, Drawing.Of(Read(markdown).Blocks));

    [Theory]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](<java\tscript:alert(1)>)")]
    [InlineData("[a](&#106;avascript:alert(1))")]
    [InlineData("[a][r]\n\n[r]: data:text/html,x")]
    [InlineData("<a href='javascript:x'>a</a>")]
    [InlineData("a <script>alert(1)</script>")]
    [InlineData("a\n\n<iframe src='https://e.org/'></iframe>")]
    [InlineData("a ![b](data:image/png;base64,AA)")]
    public void What_is_dangerous_is_dropped_and_reported(string markdown)
    {
        var reading = Read(markdown);

        Assert.Equal(["paragraph: a"], Drawing.Of(reading.Blocks));
        Assert.Equal("/body/markdown", Assert.Single(reading.Dropped).Pointer);
    }

    [Theory]
    [InlineData(">", 10_000)]
    [InlineData("- ", 10_000)]
    [InlineData("[", 100_000)]
    [InlineData("*a ", 100_000)]
    [InlineData("[a](", 500_000)]
    [InlineData("![](", 500_000)]
    [InlineData("[a](b (", 200_000)]
    [InlineData("[a]: <x>\n", 200_000)]
    [InlineData("![[", 50_000)]
    [InlineData("`a``", 50_000)]
    [InlineData("<a ", 50_000)]
    [InlineData("**a_", 50_000)]
    [InlineData("|a", 50_000)]
    public void Whatever_is_nested_is_read_or_refused(string piece, int times)
    {
        var reading = Read(string.Concat(Enumerable.Repeat(piece, times)));

        Assert.True(reading.Refusal is null or { Pointer: "/body/markdown" });
    }

    private static BodyReading Read(string markdown) => MarkdownReader.Read(markdown, "/body/markdown");
}
