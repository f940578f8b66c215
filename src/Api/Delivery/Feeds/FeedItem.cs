using Galley.Content.Body;
using Galley.Publishing.Rendering;

namespace Galley.Delivery.Feeds;

/// <summary>One article of a feed, whatever the format.</summary>
internal sealed class FeedItem
{
    private readonly string _baseUrl;
    private readonly IReadOnlyList<Block> _blocks;

    public FeedItem(Article article, string baseUrl)
    {
        (Article, _baseUrl) = (article, baseUrl);
        // Whoever shows a feed shows no more of it than the text: what was put right has to stand there.
        _blocks = [.. article.Body!.Blocks!, .. (article.Corrections ?? []).Select(each => new Block { Type = "correction", Text = each.Text, At = each.At })];
    }

    public Article Article { get; }

    /// <summary>Without any host: it stays when the server moves.</summary>
    public string Urn => $"urn:uuid:{Article.Id}";

    /// <summary>Where people read it; without a website, where it is here.</summary>
    public string Url => Article.CanonicalUrl ?? UrlOf(Article.Id!);

    public bool IsOnWebsite => Article.CanonicalUrl is not null;

    /// <summary>The text in HTML, in an element that says its direction where it runs from right to left; good until the builder is used again.</summary>
    public ReadOnlySpan<char> BuildHtml(HtmlBuilder html)
    {
        html.Clear();
        var isFromRight = Article.Direction == "rtl";
        if (isFromRight)
            html.Open("div", ("dir", "rtl"), ("lang", Article.Language));
        HtmlWriter.Write(_blocks, html);
        if (isFromRight)
            html.Close("div");
        return html.Written;
    }

    public string Text => PlainTextWriter.Write(_blocks);

    /// <summary>Who wrote it: people by their names, else the byline.</summary>
    public IReadOnlyList<string> Authors =>
        Article.Contributors is { Count: > 0 } contributors ? [.. contributors.Select(each => each.Name)]
        : string.IsNullOrWhiteSpace(Article.Byline) ? []
        : [Article.Byline];

    /// <summary>The section it stands in, then those above; its tags; the kicker and how urgent it is.</summary>
    public IEnumerable<FeedCategory> Categories()
    {
        if (Article.Section is { } section)
        {
            yield return new FeedCategory("section", section.Path, section.Name);
            foreach (var above in (section.Ancestors ?? []).Reverse())
                yield return new FeedCategory("section", above.Path, above.Name);
        }

        foreach (var tag in Article.Tags!.Where(tag => tag.Kind != "contributor"))
            yield return new FeedCategory(tag.Kind, tag.Slug, tag.Name);

        if (!string.IsNullOrWhiteSpace(Article.Kicker))
            yield return FeedCategory.Of("kicker", Article.Kicker);
        if (Article.Urgency is { } urgency)
            yield return FeedCategory.Of("urgency", $"{urgency}");
        if (Article.Breaking == true)
            yield return FeedCategory.Of("urgency", "breaking");
    }

    public IEnumerable<(string Language, string Url)> Translations => (Article.Translations ?? []).Select(other => (other.Language, UrlOf(other.Id)));

    public IEnumerable<(string Headline, string Url)> Related => (Article.Related ?? []).Select(other => (other.Headline, UrlOf(other.Id)));

    /// <summary>The terms in words: whose it is, and what may be done with it.</summary>
    public IEnumerable<string> Rights => new[] { Article.Rights?.CopyrightNotice, Article.Rights?.UsageTerms }.OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text));

    /// <summary>The licence, where it is an address.</summary>
    public string? LicenseUrl => Article.Rights?.License is { } license && Content.WebAddress.Normalize(license) is not null ? license : null;

    private string UrlOf(string id) => $"{_baseUrl}/v1/articles/{id}";
}

/// <summary>What an article is about, by the kind of it: as programs know it, and as people read it.</summary>
internal sealed record FeedCategory(string Kind, string Term, string Label)
{
    public static FeedCategory Of(string kind, string term) => new(kind, term, term);

    public string SchemeIn(FeedHead head) => $"{head.BaseUrl}/v1/schemes/{Kind}";
}
