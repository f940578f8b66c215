using System.Text.Json.Serialization;
using Galley.Content;
using Galley.Content.Body;

namespace Galley.Publishing.Rendering;

/// <summary>An article as it stands in a list: the members that were asked for; `id`, `type` and `version` always.</summary>
[AlwaysHas("id", "type", "version")]
internal record ArticleItem
{
    // What others or the clock decide is filled in at read, in place of the stored document's end: wherever a member is added, these stay behind it.
    private const int Last = 1;

    /// <summary>Names the article for ever: a random UUID in lower case.</summary>
    public string? Id { get; init; }

    /// <summary>Always `article`. Other types may come.</summary>
    public string? Type { get; init; }

    /// <summary>How many states of it readers could see so far, from 1. A correction counts; a renamed section does not.</summary>
    public long? Version { get; init; }

    /// <summary>BCP 47, such as `fr` or `zh-Hans`.</summary>
    public string? Language { get; init; }

    /// <summary>The direction of its script: `ltr` or `rtl`.</summary>
    public string? Direction { get; init; }

    /// <summary>The last segment of its address; plain text, any script.</summary>
    public string? Slug { get; init; }

    /// <summary>Its address below `/v1/articles/by-path/`: language, section path, slug; plain text.</summary>
    public string? Path { get; init; }

    /// <summary>Where the article stands on the website, an absolute URL: what the sender gave, else made from `Galley:ArticleUrl`; absent without either.</summary>
    public string? CanonicalUrl { get; init; }

    /// <summary>The short label over the headline.</summary>
    public string? Kicker { get; init; }

    /// <summary>The line above the story.</summary>
    public string? Headline { get; init; }

    /// <summary>One or two sentences under the headline that sum up the story.</summary>
    public string? Standfirst { get; init; }

    /// <summary>The credit line as printed.</summary>
    public string? Byline { get; init; }

    /// <summary>People and agencies credited; each is also a tag of kind `contributor`.</summary>
    public IReadOnlyList<ContributorName>? Contributors { get; init; }

    /// <summary>The place the story is filed from.</summary>
    public string? Dateline { get; init; }

    /// <summary>Where the article stands in the site.</summary>
    public ArticleSection? Section { get; init; }

    /// <summary>What the article is about or mentions, in the sender's order.</summary>
    public IReadOnlyList<ArticleTag>? Tags { get; init; }

    /// <summary>The main picture.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>The story.</summary>
    public ArticleBody? Body { get; init; }

    /// <summary>Words of the body; of scripts without spaces, characters.</summary>
    public int? WordCount { get; init; }

    /// <summary>Minutes it takes to read the body.</summary>
    public int? ReadingMinutes { get; init; }

    /// <summary>Editorial urgency, 1 (highest) to 9.</summary>
    public int? Urgency { get; init; }

    /// <summary>Who pushed it.</summary>
    public ArticleSource? Source { get; init; }

    /// <summary>The news agency it comes from.</summary>
    public Agency? Agency { get; init; }

    /// <summary>What may be done with it.</summary>
    public Rights? Rights { get; init; }

    /// <summary>The first instant it was published; never moves. RFC 3339 in UTC.</summary>
    public Instant? FirstPublishedAt { get; init; }

    /// <summary>The instant it became visible: the later of the sender's `publishedAt` and `embargoedUntil`. Lists order by it.</summary>
    public Instant? PublishedAt { get; init; }

    /// <summary>The last change that readers should notice; never before `publishedAt`.</summary>
    public Instant? UpdatedAt { get; init; }

    /// <summary>From this instant on it is gone.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>What was wrong in it and was put right, the oldest first.</summary>
    public IReadOnlyList<Correction>? Corrections { get; init; }

    /// <summary>An IPTC digital source type, as a URI.</summary>
    public string? DigitalSourceType { get; init; }

    /// <summary>Whether it is breaking news just now; ends by itself.</summary>
    [JsonPropertyOrder(Last)]
    public bool? Breaking { get; init; }

    /// <summary>The same story in other languages, as far as it is visible.</summary>
    [JsonPropertyOrder(Last)]
    public IReadOnlyList<TranslationLink>? Translations { get; init; }

    /// <summary>Articles an editor put beside this one, as far as they are visible.</summary>
    [JsonPropertyOrder(Last)]
    public IReadOnlyList<RelatedLink>? Related { get; init; }

    /// <summary>Only in a list that is searched with `highlight=true`: where words and phrases of `q` stand, field by field and in order, none overlapping another. Empty where they stand in the text alone.</summary>
    [JsonPropertyOrder(Last)]
    public IReadOnlyList<SearchHighlight>? Highlights { get; init; }
}

/// <summary>One whole article.</summary>
[AlwaysHas("id", "type", "version", "language", "direction", "slug", "path", "headline", "tags", "publishedAt", "updatedAt", "firstPublishedAt", "body")]
internal sealed record Article : ArticleItem;

/// <summary>The story in the forms that were asked for; without a wish, and in management, its blocks. The blocks are the truth, all else is made of them.</summary>
internal sealed record ArticleBody
{
    /// <summary>Typed blocks in order; empty for an article without text.</summary>
    public IReadOnlyList<Block>? Blocks { get; init; }

    /// <summary>
    /// The blocks as HTML that may stand in any page: no scripts, styles, frames, ids, or attributes that run, only `http`, `https` and `mailto` addresses. It is well-formed XML
    /// inside one element. An embed is a `figure` with a link and `data-embed`, its provider; a correction is a `p` with `data-correction`, its instant. Sent as `body.html` it
    /// becomes the same blocks, but for ids, white space that HTML runs together, blocks without text, tables of one cell, and of pictures `contentType`, `bytes`, `focalPoint`
    /// and renditions' `height` and `bytes`.
    /// </summary>
    public string? Html { get; init; }

    /// <summary>
    /// The blocks as Markdown (CommonMark, with tables and strikethrough) without any HTML. Sent as `body.markdown` it becomes the same blocks, but for what HTML cannot hold,
    /// underline, superscript and subscript, galleries (pictures), corrections (paragraphs), embeds (links), and of pictures all but address, alt and caption, which ends in
    /// the credit.
    /// </summary>
    public string? Markdown { get; init; }

    /// <summary>Every word in reading order; blank lines part the blocks, lines the items and rows, tabs the cells. Pictures leave their caption and credit.</summary>
    public string? Text { get; init; }
}

/// <summary>The section an article stands in, with those above it.</summary>
internal sealed record ArticleSection
{
    /// <summary>Its path, plain text.</summary>
    public required string Path { get; init; }

    /// <summary>Its name, in the article's language where there is one.</summary>
    public required string Name { get; init; }

    /// <summary>The name's language, where it is not the article's.</summary>
    public string? NameLanguage { get; init; }

    /// <summary>The sections above, outermost first.</summary>
    public IReadOnlyList<SectionName>? Ancestors { get; init; }
}

/// <summary>A section by path and name.</summary>
internal sealed record SectionName
{
    /// <summary>Its path, plain text.</summary>
    public required string Path { get; init; }

    /// <summary>Its name, in the article's language where there is one.</summary>
    public required string Name { get; init; }

    /// <summary>The name's language, where it is not the article's.</summary>
    public string? NameLanguage { get; init; }
}

/// <summary>A tag on an article.</summary>
internal sealed record ArticleTag
{
    /// <summary>`person`, `organisation`, `place`, `event`, `keyword`, `series`, `genre` or `contributor`.</summary>
    public required string Kind { get; init; }

    /// <summary>Names the tag within its kind.</summary>
    public required string Slug { get; init; }

    /// <summary>Its name, in the article's language where there is one.</summary>
    public required string Name { get; init; }

    /// <summary>The name's language, where it is not the article's.</summary>
    public string? NameLanguage { get; init; }

    /// <summary>`about` or `mentions`.</summary>
    public required string Relation { get; init; }
}

/// <summary>Somebody credited.</summary>
internal sealed record ContributorName
{
    /// <summary>Names the tag of kind `contributor`.</summary>
    public required string Slug { get; init; }

    /// <summary>The name as printed.</summary>
    public required string Name { get; init; }
}

/// <summary>Who pushed an article.</summary>
internal sealed record ArticleSource
{
    /// <summary>The source's own name in addresses.</summary>
    public required string Slug { get; init; }
}

/// <summary>The same story in another language.</summary>
internal sealed record TranslationLink
{
    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>The other article's id.</summary>
    public required string Id { get; init; }

    /// <summary>The other article's path, plain text.</summary>
    public required string Path { get; init; }

    /// <summary>The other article's headline.</summary>
    public required string Headline { get; init; }
}

/// <summary>A place in a text where something stands that was looked for.</summary>
internal sealed record SearchHighlight
{
    /// <summary>`headline` or `standfirst`. Others may come.</summary>
    public required string Field { get; init; }

    /// <summary>Where it begins, in UTF-16 code units of the field's plain text.</summary>
    public required int Start { get; init; }

    /// <summary>Where it ends: the first unit that is no part of it.</summary>
    public required int End { get; init; }
}

/// <summary>Another article.</summary>
internal sealed record RelatedLink
{
    /// <summary>The other article's id.</summary>
    public required string Id { get; init; }

    /// <summary>The other article's path, plain text.</summary>
    public required string Path { get; init; }

    /// <summary>The other article's headline.</summary>
    public required string Headline { get; init; }
}
