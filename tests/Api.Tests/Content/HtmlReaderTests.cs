using Galley.Content.Body;
using Galley.Tests.Support;

namespace Galley.Tests.Content;

/// <summary>What HTML becomes: blocks, and marks on their text.</summary>
public sealed class HtmlReaderTests
{
    [Theory]
    [InlineData("<p>One.</p><p>Two.</p>", "paragraph: One.", "paragraph: Two.")]
    [InlineData("<p>One.<p>Two.", "paragraph: One.", "paragraph: Two.")]
    [InlineData("Naked <p>One.</p> and naked", "paragraph: Naked", "paragraph: One.", "paragraph: and naked")]
    [InlineData("<html><head><title>T</title></head><body><p>One.</p></body></html>", "paragraph: One.")]
    [InlineData("<div><section>One.</section><x-y>Two <span>three</span></x-y></div>", "paragraph: One.", "paragraph: Two three")]
    [InlineData("<p></p><p> \n </p><p>&nbsp;</p><p>One.</p>", "paragraph: One.")]
    [InlineData("<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4><h5>E</h5><h6>F</h6>", "heading2: A", "heading2: B", "heading3: C", "heading4: D", "heading4: E", "heading4: F")]
    [InlineData("<h2><div>A <b>b</b></div></h2>c", "heading2: A [strong:b]", "paragraph: c")]
    [InlineData("<blockquote>A</blockquote>", "quote: A")]
    [InlineData("<blockquote cite=' https://e.org/a '><p>A</p><p>B</p><footer>Ana</footer></blockquote>", "quote: A⏎⏎B — Ana @ https://e.org/a")]
    [InlineData("<blockquote><p>A <cite>Le Monde</cite></p><cite>Ana</cite></blockquote>", "quote: A [emphasis:Le Monde] — Ana")]
    [InlineData("<blockquote><cite>Ana</cite></blockquote>", "quote: [emphasis:Ana]")]
    [InlineData("<blockquote>A<footer>Ana</footer></blockquote>", "quote: A — Ana")]
    [InlineData("<blockquote><p></p><footer>Ana</footer></blockquote>", "quote: Ana")]
    [InlineData("<blockquote><blockquote>A<footer>Ana</footer></blockquote><footer>Bea</footer></blockquote>", "quote: A — Ana", "quote: Bea")]
    [InlineData("<blockquote>A<footer>Ana<ul><li>B</ul></footer></blockquote>", "quote: A — Ana", "list: B")]
    [InlineData("<blockquote>A<ul><li>B</ul>C</blockquote>", "quote: A", "list: B", "quote: C")]
    [InlineData("<figure><blockquote>A</blockquote><figcaption>Ana</figcaption></figure>", "quote: A — Ana")]
    [InlineData("<ul><li>A</li><li>B</li></ul>", "list: A | B")]
    [InlineData("<ol><li>A<li>B<ul><li>C<ol><li>D</ol><li>E</ul><li>F</ol>", "numbers: A | B {C | D | E} | F")]
    [InlineData("<ul><li>A</li><ul><li>B</li></ul></ul>", "list: A {B}")]
    [InlineData("<ul><li><p>A</p><p>B</p></li><li><img src='https://e.org/a.jpg'></li></ul>", "list: A⏎B", "image: https://e.org/a.jpg")]
    [InlineData("<ul><li><ul><li>A</ul></ul>", "list: A")]
    [InlineData("<li>A", "paragraph: A")]
    [InlineData("<dl><dt>A<dd>B</dl>", "paragraph: A", "paragraph: B")]
    [InlineData("<pre><code class='x language-csharp'>var a;\n\tb &lt; <b>c</b>\n</code></pre>", "code csharp: var a;⏎\tb < c")]
    [InlineData("<pre>\n  a\n\n  b</pre>", "code:   a⏎⏎  b")]
    [InlineData("<table><caption>T</caption><thead><tr><th>A<th>B</thead><tr><td>1<td><b>2</b></table>", "paragraph: T", "table: <A | B> / 1 | [strong:2]")]
    [InlineData("<table><tr><th>A<th>B<tr><th>1<td>2</table>", "table: <A | B> / 1 | 2")]
    [InlineData("<table><tr><td>1<td>2<tr><td>3<td><p>4<p>5</table>", "table: - / 1 | 2 / 3 | 4⏎5")]
    [InlineData("<table><tr><td colspan=2>1<td rowspan=2>2<tr><td>3<td>4<tr><td>5<td>6<td>7</table>", "table: - / 1 |  | 2 / 3 | 4 |  / 5 | 6 | 7")]
    [InlineData("<table><tr><td><h2>A</h2><p>B</table>", "heading2: A", "paragraph: B")]
    [InlineData("<table><tr><td>1<td><table><tr><td>2<td>3</table></table>", "table: - / 1 | ", "table: - / 2 | 3")]
    [InlineData("<img src='https://e.org/a.jpg' alt=' An  &eacute;lan ' width=10 height=20>", "image: https://e.org/a.jpg (An élan) 10x20")]
    [InlineData("<figure><a href='https://e.org/'><img src='https://e.org/a.jpg' alt=''></a><figcaption>A <b>b</b></figcaption></figure>", "image: https://e.org/a.jpg — A b")]
    [InlineData("<figure><img src='https://e.org/a.jpg'><img src='https://e.org/b.jpg'><figcaption>A</figcaption></figure>", "gallery: https://e.org/a.jpg & https://e.org/b.jpg", "paragraph: A")]
    [InlineData("<p>A<picture><source srcset='https://e.org/a.webp'><img src='https://e.org/a.jpg'></picture>B</p>", "paragraph: A", "image: https://e.org/a.jpg", "paragraph: B")]
    [InlineData("<p>A<hr>B", "paragraph: A", "divider", "paragraph: B")]
    public void Elements_become_blocks(string html, params string[] blocks) => Assert.Equal(blocks, Drawing.Of(Read(html).Blocks));

    [Theory]
    [InlineData("<b>a</b> <strong>b</strong>", "[strong:a] [strong:b]")]
    [InlineData("<i>a</i><em>b</em>", "[emphasis:ab]")]
    [InlineData("<u>a</u><s>b</s><del>c</del><sup>d</sup><sub>e</sub>", "[underline:a][strike:bc][superscript:d][subscript:e]")]
    [InlineData("<code>a</code><b><i>b</i></b>", "[code:a][strong:[emphasis:b]]")]
    [InlineData("<b>a<strong>b</strong>c</b>", "[strong:abc]")]
    [InlineData("<b>a<i>b</b>c</i>", "[strong:a[emphasis:b]c]")]
    [InlineData("x<b> a </b>y", "x [strong:a] y")]
    [InlineData("<b>a<p>b</b>c", "[strong:a]", "[strong:b]c")]
    [InlineData("<b> </b>a<b></b>", "a")]
    [InlineData("<a href='https://e.org/?a=1&amp;b=2'>a</a>", "[link https://e.org/?a=1&b=2:a]")]
    [InlineData("<a href=' HTTPS://e.org/\u00E9 '>a</a> <a href='mailto:a@e.org'>b</a>", "[link https://e.org/%C3%A9:a] [link mailto:a@e.org:b]")]
    [InlineData("<a name=x>a</a>", "a")]
    [InlineData("<b>cafe\u0301</b> <i>noir</i>", "[strong:café] [emphasis:noir]")]
    [InlineData("<b>e</b>\u0301<i>x</i>", "[strong:é][emphasis:x]")]
    public void Formatting_becomes_marks(string html, params string[] paragraphs) =>
        Assert.Equal(paragraphs.Select(paragraph => $"paragraph: {paragraph}"), Drawing.Of(Read(html).Blocks));

    [Theory]
    [InlineData("  a \r\n\t b  ", "a b")]
    [InlineData("a\u00A0 \u00A0b\u202F!", "a\u00A0 \u00A0b\u202F!")]
    [InlineData("a <br> b<br/>c<br>", "a⏎b⏎c")]
    [InlineData("&laquo;&nbsp;a&nbsp;&raquo; &#x1F600; &amp;lt; &notit;", "«\u00A0a\u00A0» 😀 &lt; ¬it;")]
    [InlineData("a<!-- b -->c", "ac")]
    [InlineData("a<wbr>b&shy;c", "ab\u00ADc")]
    [InlineData("<q>a <q>b</q></q>", "“a ‘b’”")]
    [InlineData("a&#1;b&#xFFFF;c", "abc")]
    [InlineData("a&#xD800;b&#0;", "a\uFFFDb\uFFFD")]
    public void Text_runs_as_html_runs_it(string html, string text) => Assert.Equal([$"paragraph: {text}"], Drawing.Of(Read(html).Blocks));

    [Fact]
    public void Two_line_breaks_part_paragraphs() => Assert.Equal(["paragraph: a", "paragraph: b⏎c"], Drawing.Of(Read("a<br> <br><br>b<br>c<br><br>").Blocks));

    [Theory]
    [InlineData("<script>a</script>", "<script>")]
    [InlineData("<style>a</style>", "<style>")]
    [InlineData("<noscript><img src='https://e.org/a.jpg'></noscript>", "<noscript>")]
    [InlineData("<template><p>a</p></template>", "<template>")]
    [InlineData("<svg><text>a</text></svg><svg><desc><b>a</b></desc></svg>", "<svg>")]
    [InlineData("<math><annotation-xml encoding='text/html'><b>a</b></annotation-xml></math>", "<math>")]
    [InlineData("<iframe src='https://e.org/'>a</iframe>", "<iframe>")]
    [InlineData("<object><p>a</p></object>", "<object>")]
    [InlineData("<embed src=a><link rel=stylesheet><meta charset=a><base href=a>", "<embed>", "<link>", "<meta>", "<base>")]
    [InlineData("<video><source src=a>a</video><audio>a</audio>", "<video>", "<audio>")]
    [InlineData("<select><option>a</select><textarea>a</textarea><input value=a><button>a</button>", "<select>", "<textarea>", "<input>", "<button>")]
    [InlineData("<img src='data:image/png;base64,AA'><img><img src=/a.jpg>", "<img> without an absolute http or https URL")]
    [InlineData("&#1;&#2;", "Characters that no text may hold")]
    public void What_is_dangerous_or_has_no_block_is_dropped_and_reported(string html, params string[] dropped)
    {
        var reading = Read($"<p>Before.</p>{html}<p>After.</p>");

        Assert.Equal(["paragraph: Before.", "paragraph: After."], Drawing.Of(reading.Blocks));
        Assert.Equal(dropped, reading.Dropped.Select(fault => fault.Detail.Split(": dropped")[0]));
        Assert.All(reading.Dropped, each => Assert.Equal("/body/html", each.Pointer));
    }

    [Fact]
    public void Each_kind_is_reported_once_with_its_count()
    {
        var reading = Read("<script>a</script><style>b</style><script>c</script>");

        Assert.Equal(["<script>: dropped 2 times.", "<style>: dropped once."], reading.Dropped.Select(fault => fault.Detail));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(" JaVaScRiPt:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("java&#10;script:alert(1)")]
    [InlineData("&#1;javascript:alert(1)")]
    [InlineData("javascript&colon;alert(1)")]
    [InlineData("&#106;avascript:alert(1)")]
    [InlineData("java\u2028script:alert(1)")]
    [InlineData("data:text/html,a")]
    [InlineData("vbscript:a")]
    [InlineData("blob:https://e.org/a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//e.org/a")]
    [InlineData("/a")]
    [InlineData("#a")]
    [InlineData("")]
    [InlineData("https://user:secret@e.org/")]
    [InlineData("https:\\\\e.org")]
    public void A_link_that_may_not_be_followed_leaves_its_text(string address)
    {
        var reading = Read($"<a href=\"{address}\" onclick='x'>a</a>");

        Assert.Equal(["paragraph: a"], Drawing.Of(reading.Blocks));
        Assert.Single(reading.Dropped);
    }

    [Fact]
    public void A_reference_makes_no_longer_run_of_combining_marks_than_may_be_sent()
    {
        var reading = Read(string.Concat(Enumerable.Repeat("<b>&#x301;</b>", 1_000)).Insert(0, "e"));

        Assert.Equal(30, reading.Blocks[0].Text!.Length);
        Assert.Single(reading.Dropped);
    }

    private static BodyReading Read(string html) => HtmlReader.Read(html, "/body/html");
}
