using Galley.Content.Body;

namespace Galley.Tests.Content;

/// <summary>Whatever is sent, reading it stops: by depth, by number of elements, or at its end.</summary>
public sealed class HtmlBoundsTests
{
    private const int Size = 1_000_000;

    [Theory]
    [InlineData("<div>", "too-deep")]
    [InlineData("<b>", "too-deep")]
    [InlineData("<b><div></b>", "too-deep")]
    [InlineData("<ul><li>", "too-deep")]
    [InlineData("<blockquote>", "too-deep")]
    [InlineData("<table><tr><td>", "too-deep")]
    [InlineData("<svg>", "too-deep")]
    [InlineData("<template>", "too-deep")]
    [InlineData("<p>", "too-many")]
    [InlineData("<a><p>", "too-many")]
    [InlineData("<br>", "too-many")]
    [InlineData("</p>", "too-many")]
    [InlineData("<table>x", "too-many")]
    public void Too_much_of_one_element_is_refused(string piece, string code) => Assert.Equal(code, Read(Repeat(piece)).Refusal?.Code);

    [Theory]
    [InlineData("<")]
    [InlineData("&")]
    [InlineData("&amp;")]
    [InlineData("<!--")]
    [InlineData("</b>")]
    [InlineData("word ")]
    [InlineData("<![CDATA[")]
    [InlineData("<script>")]
    [InlineData("<html a>")]
    public void Too_much_of_what_is_no_element_is_read_to_its_end(string piece) => Assert.Null(Read(Repeat(piece)).Refusal);

    [Fact]
    public void Ten_thousand_nested_elements_do_not_overflow() => Assert.Equal("too-deep", Read(string.Concat(Enumerable.Repeat("<div>", 10_000))).Refusal?.Code);

    [Fact]
    public void Sixty_levels_are_read() => Assert.Equal("a", Read(string.Concat(Enumerable.Repeat("<div>", 60)) + "a").Blocks.Single().Text);

    [Theory]
    [InlineData("<p>A <b>word</b> and <a href='https://e.org/'>another</a>.</p>")]
    [InlineData("<ul><li>A <i>word</i></li></ul>")]
    [InlineData("<b>a</b><i>b</i> ")]
    public void Twice_the_text_makes_twice_the_work(string piece)
    {
        Work(piece, 2_000);

        Assert.InRange((double)Work(piece, 8_000) / Work(piece, 2_000), 3, 5);
    }

    // What an element reads twice doubles with each level: a kilobyte would be enough.
    [Theory]
    [InlineData("<blockquote>q<p>r</p><footer>", "</footer></blockquote>")]
    [InlineData("<blockquote><p>r</p><cite><p>", "</cite></blockquote>")]
    [InlineData("<figure><figcaption>", "</figcaption></figure>")]
    [InlineData("<figure><blockquote>q<footer>", "</footer></blockquote></figure>")]
    [InlineData("<table><caption>", "</caption><tr><td>x</table>")]
    [InlineData("<table><tr><td>x<td>", "</table>")]
    [InlineData("<table><tr><td>", "</table>")]
    [InlineData("<ul><li>x<ul>", "</ul></ul>")]
    [InlineData("<h2><blockquote>", "</blockquote></h2>")]
    public void Each_level_is_read_once(string open, string close)
    {
        Work(Nested(open, close, 4), 1);

        Assert.InRange((double)Work(Nested(open, close, 10), 1) / Work(Nested(open, close, 5), 1), 0.5, 8);
    }

    private static string Nested(string open, string close, int levels) =>
        string.Concat(Enumerable.Repeat(open, levels)) + new string('x', 600) + string.Concat(Enumerable.Repeat(close, levels));

    [Fact]
    public void A_table_that_spans_more_than_it_has_is_bounded()
    {
        var row = $"<tr>{string.Concat(Enumerable.Repeat("<td rowspan=65534 colspan=1000>a", 3))}</tr>";

        var table = Read($"<table>{string.Concat(Enumerable.Repeat(row, 5_000))}</table>").Blocks.Single();

        Assert.InRange(table.Rows!.Sum(each => each.Count), 1, 110_000);
    }

    // Bytes allocated are the same on every machine, and grow with what is done.
    private static long Work(string piece, int times)
    {
        var html = string.Concat(Enumerable.Repeat(piece, times));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(html);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Repeat(string piece) => string.Concat(Enumerable.Repeat(piece, Size / piece.Length));

    private static BodyReading Read(string html) => HtmlReader.Read(html, "/body/html");
}
