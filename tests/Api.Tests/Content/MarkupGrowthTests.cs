using System.Diagnostics;
using Galley.Content.Body;

namespace Galley.Tests.Content;

/// <summary>Four times the text takes no more than five times the work, in every reader and writer, also where it is written to be slow.</summary>
public sealed class MarkupGrowthTests
{
    [Fact]
    public void Markdown_that_would_cost_the_square_of_its_length_is_refused_before_it_is_read()
    {
        foreach (var markdown in new[] { string.Join('\n', Enumerable.Range(0, 1_000).Select(i => $"{new string(' ', 2 * i)}- a")), string.Concat(Enumerable.Repeat("*a ", 60_000)), string.Concat(Enumerable.Repeat("~~a\n", 60_000)) })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal("too-deep", MarkdownReader.Read(markdown, "/body/markdown").Refusal?.Code);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
    }

    [Fact]
    public void A_long_list_with_emphasis_in_every_item_is_read() =>
        Assert.Equal(5_000, MarkdownReader.Read(string.Concat(Enumerable.Repeat("- **a** *b* c\n", 5_000)), "/body/markdown").Blocks.Single().Items!.Count);

    private const int Size = 60_000;

    [Theory]
    [InlineData("<p>A <b>word</b> <i>and</i> <a href='https://e.org/'>another</a>.</p>")]
    [InlineData("<b>a</b><i>b</i> ")]
    [InlineData("<figure><img src='https://e.org/a.jpg' srcset='https://e.org/a.jpg 1w'><figcaption>a<small>b</small></figcaption></figure>")]
    [InlineData("<img src='https://e.org/a.jpg'><source srcset='https://e.org/b.jpg 2w'>")]
    [InlineData("<blockquote class='twitter-tweet'>a<a href='https://e.org/'>b</a></blockquote>")]
    [InlineData("<iframe src='https://www.youtube.com/embed/a?b=c&d=e'></iframe>")]
    [InlineData("&lt;script&gt; ")]
    [InlineData("<a title='")]
    [InlineData("a<br>")]
    public void Html_is_read(string piece) => Grows(piece, text => HtmlReader.Read(text, "/body/html"));

    [Theory]
    [InlineData("<picture>", "<source srcset='https://e.org/b.jpg 2w'>", "<img src='https://e.org/a.jpg'>")]
    [InlineData("<figure>", "<figcaption>a</figcaption>", "<p>b")]
    [InlineData("<img src='https://e.org/a.jpg' srcset='", "https://e.org/b.jpg 2w, ", " ")]
    [InlineData("<blockquote class='twitter-tweet'><blockquote class='twitter-tweet'><blockquote class='twitter-tweet'>", "<a href='https://e.org/'>b</a>", "a")]
    public void Html_inside_one_element_is_read(string open, string piece, string other) =>
        Grows(piece, text => HtmlReader.Read($"{open}{text}{string.Concat(Enumerable.Repeat(other, text.Length / piece.Length))}", "/body/html"), Size / 2);

    [Theory]
    [InlineData("A **word** *and* [another](https://e.org/).\n\n")]
    [InlineData("> — a\n>\n")]
    [InlineData("a ![b](https://e.org/ \"c\") ")]
    [InlineData("- a\n  - b\n")]
    [InlineData("`a` ")]
    [InlineData("\\*a\\* ")]
    public void Markdown_is_read(string piece) => Grows(piece, text => MarkdownReader.Read(text, "/body/markdown"));

    [Theory]
    [InlineData("« a »\n— b\n\n")]
    [InlineData("« a ")]
    [InlineData("\n— a")]
    [InlineData(" \n")]
    public void Plain_text_is_read(string piece) => Grows(piece, text => PlainTextReader.Read(text));

    [Theory]
    [InlineData("a **b** `c` [d](e) <f> & \\ ")]
    [InlineData("\n\n")]
    [InlineData("`")]
    [InlineData("]:](")]
    [InlineData("\u202F")]
    public void Blocks_are_written(string piece)
    {
        foreach (var write in new Func<IReadOnlyList<Block>, string>[] { HtmlWriter.Write, MarkdownWriter.Write, PlainTextWriter.Write })
            Grows(piece, text => write(Blocks(text)), Size / 2);
    }

    // Marks across each other, closed and opened again all the way, in one block.
    private static List<Block> Blocks(string text) =>
    [
        new Block
        {
            Type = "quote",
            Text = text,
            Marks =
            [
                new Mark { Type = "strong", Start = 0, End = text.Length },
                .. Enumerable.Range(0, (text.Length / 40) - 1).SelectMany(at => new[] { new Mark { Type = "emphasis", Start = at * 40, End = (at * 40) + 30 }, new Mark { Type = "link", Start = (at * 40) + 20, End = (at * 40) + 40, Href = "https://e.org/" } }),
            ],
        },
    ];

    private static void Grows(string piece, Action<string> work, int size = Size)
    {
        var (once, fourTimes) = (Repeat(piece, size), Repeat(piece, size * 4));
        work(once);

        var (bytes, time) = Measure(() => work(once));
        var (moreBytes, moreTime) = Measure(() => work(fourTimes));

        Assert.InRange(moreBytes, 0, (bytes * 5) + 100_000);
        // The clock of a busy machine says little, but what takes the square takes sixteen times, and of this much text seconds.
        Assert.InRange(moreTime.TotalMilliseconds, 0, (time.TotalMilliseconds * 12) + 1_000);
    }

    // Bytes allocated are the same on every machine, and grow with what is done.
    private static (long Bytes, TimeSpan Time) Measure(Action work)
    {
        var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        work();
        return (GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(start));
    }

    private static string Repeat(string piece, int size) => string.Concat(Enumerable.Repeat(piece, size / piece.Length));
}
