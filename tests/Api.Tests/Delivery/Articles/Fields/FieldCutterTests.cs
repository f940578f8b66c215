using System.Text;
using System.Text.Json;
using Galley.Delivery.Articles.Fields;

namespace Galley.Tests.Delivery.Articles.Fields;

/// <summary>Cutting copies bytes, and looks at each once.</summary>
public sealed class FieldCutterTests
{
    [Theory]
    [InlineData("headline", """{"id":"a","headline":"« \u0041 »\"} ,{"}""")]
    [InlineData("tags(slug)", """{"id":"a","tags":[{"slug":"x"},{"slug":"y"}]}""")]
    [InlineData("tags(nameLanguage)", """{"id":"a","tags":[{},{"nameLanguage":"fr"}]}""")]
    [InlineData("leadImage(url,renditions(width)),urgency", """{"id":"a","leadImage":{"url":"u","renditions":[{"width":1.50},{}]},"urgency":3}""")]
    [InlineData("breaking,related(id)", """{"id":"a","breaking":true,"related":[]}""")]
    [InlineData("kicker,section(path)", """{"id":"a"}""")]
    public void Nothing_is_written_anew(string fields, string expected)
    {
        string[] parts =
        [
            """{"id":"a","headline":"« \u0041 »\"} ,{","tags":[{"kind":"k","slug":"x"},{"slug":"y","nameLanguage":"fr"}],"leadImage":{"url":"u","renditions":[{"url":"slug","width":1.50},{"url":"s"}]},"urgency":3,"slug":"z" """.TrimEnd(),
            ""","breaking":true,"related":[]}""",
        ];

        Assert.Equal(expected, Cut(fields, parts));
        Assert.Equal(expected, Cut(fields, string.Concat(parts)));
    }

    [Fact]
    public void A_document_that_ends_too_early_is_no_article()
    {
        foreach (var broken in new[] { """{"id":"a","headline":"b""", """{"id":"a","tags":[{"slug":"x"}""" })
            Assert.ThrowsAny<JsonException>(() => Cut("headline", broken, "}"));
    }

    [Fact]
    public void Four_times_the_article_takes_no_more_than_five_times_the_work()
    {
        var (once, fourTimes) = (Article(2_000), Article(8_000));
        foreach (var fields in new[] { "tags(slug)", "headline", "whole,headline,tags(kind)" })
        {
            Measure(fields, once);
            var (bytes, least) = (Measure(fields, once), Measure(fields, fourTimes));
            Assert.InRange(least, 0, (bytes * 5) + 10_000);
        }
    }

    private static string Article(int tags) =>
        "{\"id\":\"a\",\"tags\":["
        + string.Join(',', Enumerable.Range(0, tags).Select(i => $$"""{"kind":"place","slug":"s-{{i}}","name":"A name"}"""))
        + "],\"body\":{\"blocks\":["
        + string.Join(',', Enumerable.Repeat("""{"text":"a"}""", tags))
        + "]}}";

    // Bytes allocated are the same on every machine.
    private static long Measure(string fields, string article)
    {
        var (selection, parts) = (FieldParser.Parse(fields, out _)!, Parts(article));
        var before = GC.GetAllocatedBytesForCurrentThread();
        FieldCutter.Cut(parts, selection);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Cut(string fields, params string[] article) => Encoding.UTF8.GetString(FieldCutter.Cut(Parts(article), FieldParser.Parse(fields, out _)!).Span);

    private static List<ReadOnlyMemory<byte>> Parts(params string[] article) => [.. article.Select(part => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(part))];
}
