using Galley.Delivery.Articles.Fields;

namespace Galley.Tests.Delivery.Articles.Fields;

/// <summary>What <c>fields</c> means, and everything that is wrong with it.</summary>
public sealed class FieldParserTests
{
    private const string Summary =
        "id,type,version,language,direction,slug,path,canonicalUrl,kicker,headline,standfirst,byline,section,tags,leadImage,urgency,publishedAt,updatedAt,breaking";

    [Theory]
    [InlineData("headline", "id,type,version,headline")]
    [InlineData("headline,id,type,version", "id,type,version,headline")]
    [InlineData("updatedAt,headline", "id,type,version,headline,updatedAt")]
    [InlineData("section(path),leadImage(alt,url)", "id,type,version,section(path),leadImage(url,alt)")]
    [InlineData("leadImage(renditions(url,width),focalPoint(x))", "id,type,version,leadImage(focalPoint(x),renditions(url,width))")]
    [InlineData("tags(slug),translations(id,headline),section(ancestors(name))", "id,type,version,section(ancestors(name)),tags(slug),translations(id,headline)")]
    [InlineData("source(slug),leadImage(focalPoint(y,x))", "id,type,version,leadImage(focalPoint),source")]
    [InlineData("summary", Summary)]
    [InlineData("summary,headline,id", Summary)]
    public void Two_ways_to_ask_for_the_same_are_the_same(string text, string same) => Assert.Equal(same, Parse(text).ToString());

    [Fact]
    public void Presets_and_fields_go_together_and_a_named_field_comes_as_it_is_named()
    {
        Assert.Equal(Summary.Replace("leadImage", "leadImage(url),body", StringComparison.Ordinal), Parse("summary,leadImage(url),body").ToString());
        Assert.Equal(Parse("leadImage(url),body,summary").ToString(), Parse("summary,leadImage(url),body").ToString());
        Assert.Equal(Parse("whole").ToString(), Parse("summary,whole,body").ToString());
        Assert.Contains(",leadImage(url),body,", Parse("whole,leadImage(url)").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_what_must_be_read_for_it()
    {
        Assert.True(Parse("whole") is { IsWhole: true, IsSummary: false, IsWithinSummary: false });
        Assert.True(Parse("summary") is { IsWhole: false, IsSummary: true, IsWithinSummary: true });
        Assert.True(Parse("summary,tags(slug)") is { IsSummary: false, IsWithinSummary: true });
        Assert.True(Parse("headline,related") is { IsSummary: false, IsWithinSummary: false });
    }

    [Theory]
    [InlineData("headlin", 1, "headline")]
    [InlineData("summry", 1, "summary")]
    [InlineData("Headline", 1, "headline")]
    [InlineData("kicker, headline", 8, "headline")]
    [InlineData("leadImage(urll)", 11, "url")]
    [InlineData("leadImage(url,renditions(widht))", 26, "width")]
    [InlineData("tags(slug,kindd)", 11, "kind")]
    [InlineData("section(summary)", 9, null)]
    [InlineData("slug(de)", 1, null)]
    [InlineData("body(blocks)", 1, null)]
    [InlineData("summary(headline)", 1, null)]
    [InlineData("headline,kicker,headline", 17, null)]
    [InlineData("tags(slug,slug)", 11, null)]
    [InlineData("tags,tags(slug)", 6, null)]
    [InlineData("tags()", 6, null)]
    [InlineData("section(ancestors())", 19, null)]
    [InlineData("headline,", 10, null)]
    [InlineData(",headline", 1, null)]
    [InlineData("headline,,kicker", 10, null)]
    [InlineData("(headline)", 1, null)]
    [InlineData("tags(slug", 10, null)]
    [InlineData("tags(slug))", 11, null)]
    [InlineData("tags(slug)kicker", 11, null)]
    [InlineData("tags(slug,)", 11, null)]
    [InlineData("section(ancestors(name)path)", 24, null)]
    public void One_fault_stands_at_its_column(string text, int column, string? suggestion)
    {
        Assert.Null(FieldParser.Parse(text, out var faults));

        var first = faults[0];
        Assert.Equal((column, suggestion), (first.Column, first.Suggestion));
    }

    [Fact]
    public void Wrong_names_are_told_all_at_once()
    {
        Assert.Null(FieldParser.Parse("headlin,tags(slugg,name),nothing(at(all)),body(html),kicker,kicker,section(", out var faults));

        Assert.Equal([1, 14, 26, 43, 61, 76], faults.Select(fault => fault.Column));
    }

    [Fact]
    public void Names_and_levels_are_bounded_whether_or_not_they_are_known()
    {
        Assert.Null(FieldParser.Parse(string.Join(',', Enumerable.Repeat("a", FieldParser.MaxFields + 1)), out var faults));
        Assert.Equal(FieldParser.MaxFields + 1, faults.Count);
        Assert.Contains("at most 100", faults[^1].Rule, StringComparison.Ordinal);

        Assert.Null(FieldParser.Parse(string.Concat(Enumerable.Repeat("a(", 4_000)), out faults));
        Assert.Contains("levels", faults[^1].Rule, StringComparison.Ordinal);
    }

    private static FieldSelection Parse(string text)
    {
        var fields = FieldParser.Parse(text, out var faults);
        Assert.True(fields is not null, string.Join("; ", faults));
        return fields;
    }
}
