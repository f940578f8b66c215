using System.ComponentModel.DataAnnotations;
using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Publishing.Rendering;

namespace Galley.Manage.Articles;

/// <summary>An article as it is sent. What management answers may be sent back as it is: members that the server decides are compared, not taken.</summary>
internal sealed record ArticleInput
{
    /// <summary>BCP 47, such as `fr`.</summary>
    public required string Language { get; init; }

    /// <summary>What the sender wants: `draft` (default) or `published`.</summary>
    [AllowedValues("draft", "published")]
    public string? Status { get; init; }

    /// <summary>The line above the story, at most 500 UTF-16 code units; required to publish.</summary>
    [MaxLength(500)]
    public string? Headline { get; init; }

    /// <summary>The short label over the headline, at most 200.</summary>
    [MaxLength(200)]
    public string? Kicker { get; init; }

    /// <summary>The place the story is filed from, at most 200.</summary>
    [MaxLength(200)]
    public string? Dateline { get; init; }

    /// <summary>The credit line as printed, at most 500.</summary>
    [MaxLength(500)]
    public string? Byline { get; init; }

    /// <summary>One or two sentences that sum up the story, at most 2,000.</summary>
    [MaxLength(2_000)]
    public string? Standfirst { get; init; }

    /// <summary>
    /// The last segment of the address, at most 200; made of the headline when absent. Brought into the form of a slug, with a warning where that changes it: lower-case letters and digits of any script, joined by hyphens.
    /// Latin letters lose their accents; joiners, controls of direction and whatever else nobody sees are left out; letters of several scripts may meet, as they do in headlines.
    /// </summary>
    [MinLength(1)]
    [MaxLength(Content.Slug.MaxLength)]
    public string? Slug { get; init; }

    /// <summary>Where the article stands on the website: an absolute http or https URL, at most 2,000, without user or password. Absent, readers get one made from `Galley:ArticleUrl`, which is no part of the article.</summary>
    [MaxLength(WebAddress.MaxLength)]
    public string? CanonicalUrl { get; init; }

    /// <summary>
    /// Where it stood before, at most 20: paths of an old site such as `/2014/05/12/story.html`, which `by-path` resolves, and absolute URLs, which `by-url` resolves. A path may be percent-encoded, and then a `%` in it is `%25`.
    /// An alias of a hidden article is nobody's yet, an article's own path or canonical URL wins over any alias, and of two articles with one alias the newer one has it.
    /// </summary>
    [MaxLength(20)]
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>Where it stands in the site. May also be written as one string, the path.</summary>
    public SectionInput? Section { get; init; }

    /// <summary>What it is about or mentions, at most 100. Each may also be written as one string, `kind:slug`.</summary>
    [MaxLength(100)]
    public IReadOnlyList<TagInput>? Tags { get; init; }

    /// <summary>People and agencies credited, at most 50; each becomes a tag of kind `contributor`.</summary>
    [MaxLength(50)]
    public IReadOnlyList<ContributorInput>? Contributors { get; init; }

    /// <summary>The main picture.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>The story, in exactly one form; at most 2 MiB.</summary>
    public BodyInput? Body { get; init; }

    /// <summary>Editorial urgency, 1 (highest) to 9.</summary>
    [Range(1, 9)]
    public int? Urgency { get; init; }

    /// <summary>The news agency it comes from.</summary>
    public Agency? Agency { get; init; }

    /// <summary>What may be done with it.</summary>
    public Rights? Rights { get; init; }

    /// <summary>Articles of one source with the same key, at most 250, are each other's translations; one of each language.</summary>
    [MaxLength(250)]
    public string? TranslationKey { get; init; }

    /// <summary>Articles to show beside it, in order, at most 20. One that does not exist yet is a warning, and appears when it does.</summary>
    [MaxLength(20)]
    public IReadOnlyList<RelatedInput>? Related { get; init; }

    /// <summary>When it was or will be published: RFC 3339 with an offset, years 1700 to 2200. Absent, the instant of first publishing; then kept.</summary>
    public Instant? PublishedAt { get; init; }

    /// <summary>Nobody sees anything of it before this instant.</summary>
    public Instant? EmbargoedUntil { get; init; }

    /// <summary>From this instant on it is gone; later than `publishedAt` and `embargoedUntil`.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>Until this instant it is breaking news.</summary>
    public Instant? BreakingUntil { get; init; }

    /// <summary>An IPTC digital source type, as an absolute URI.</summary>
    public string? DigitalSourceType { get; init; }

    /// <summary>An instruction, neither stored nor compared: this change is too small for `updatedAt` to move.</summary>
    public bool? MinorEdit { get; init; }

    /// <inheritdoc cref="ArticleItem.Id"/>
    [ServerOwned]
    public string? Id { get; init; }

    /// <inheritdoc cref="ArticleItem.Type"/>
    [ServerOwned]
    public string? Type { get; init; }

    /// <inheritdoc cref="ArticleItem.Version"/>
    [ServerOwned]
    public long? Version { get; init; }

    /// <inheritdoc cref="ArticleItem.Direction"/>
    [ServerOwned]
    public string? Direction { get; init; }

    /// <inheritdoc cref="ArticleItem.Path"/>
    [ServerOwned]
    public string? Path { get; init; }

    /// <inheritdoc cref="ArticleItem.WordCount"/>
    [ServerOwned]
    public int? WordCount { get; init; }

    /// <inheritdoc cref="ArticleItem.ReadingMinutes"/>
    [ServerOwned]
    public int? ReadingMinutes { get; init; }

    /// <inheritdoc cref="ArticleItem.Source"/>
    [ServerOwned]
    public ArticleSource? Source { get; init; }

    /// <inheritdoc cref="ArticleItem.FirstPublishedAt"/>
    [ServerOwned]
    public Instant? FirstPublishedAt { get; init; }

    /// <inheritdoc cref="ArticleItem.UpdatedAt"/>
    [ServerOwned]
    public Instant? UpdatedAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.Corrections"/>
    [ServerOwned]
    public IReadOnlyList<Correction>? Corrections { get; init; }

    /// <inheritdoc cref="ManagedArticle.ExternalId"/>
    [ServerOwned]
    public string? ExternalId { get; init; }

    /// <inheritdoc cref="ManagedArticle.Etag"/>
    [ServerOwned]
    public string? Etag { get; init; }

    /// <inheritdoc cref="ManagedArticle.Revision"/>
    [ServerOwned]
    public long? Revision { get; init; }

    /// <inheritdoc cref="ManagedArticle.State"/>
    [ServerOwned]
    public string? State { get; init; }

    /// <inheritdoc cref="ManagedArticle.HasDraft"/>
    [ServerOwned]
    public bool? HasDraft { get; init; }

    /// <inheritdoc cref="ManagedArticle.Allowed"/>
    [ServerOwned]
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <inheritdoc cref="ManagedArticle.PendingAt"/>
    [ServerOwned]
    public Instant? PendingAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.UnpublishAt"/>
    [ServerOwned]
    public Instant? UnpublishAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.CreatedAt"/>
    [ServerOwned]
    public Instant? CreatedAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.ModifiedAt"/>
    [ServerOwned]
    public Instant? ModifiedAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.Outcome"/>
    [ServerOwned]
    public string? Outcome { get; init; }

    /// <inheritdoc cref="ManagedArticle.Warnings"/>
    [ServerOwned]
    public IReadOnlyList<InputWarning>? Warnings { get; init; }
}

/// <summary>A section, by its path or by the names that lead to it. One of the two decides; other members are ignored, so that an answer can be sent back.</summary>
internal sealed record SectionInput : IShorthand<SectionInput>
{
    /// <summary>Such as `international/moyen-orient`; at most 8 levels.</summary>
    public string? Path { get; init; }

    /// <summary>Names from the outermost section inward, at most 8. A level is found by its name in the article's language, else by the slug made of it.</summary>
    [MinLength(1)]
    [MaxLength(SectionPath.MaxLevels)]
    public IReadOnlyList<string>? Breadcrumb { get; init; }

    /// <summary>Not compared.</summary>
    public string? Name { get; init; }

    /// <summary>Not compared.</summary>
    public string? NameLanguage { get; init; }

    /// <summary>Not compared.</summary>
    public IReadOnlyList<SectionName>? Ancestors { get; init; }

    public static string Form => "international/moyen-orient";

    public static SectionInput? FromText(string text) => SectionPath.TryParse(text, out _) ? new() { Path = text } : null;
}

/// <summary>A tag by kind and slug, or by kind and name. The slug decides where there is one.</summary>
internal sealed record TagInput : IShorthand<TagInput>
{
    /// <summary>`person`, `organisation`, `place`, `event`, `keyword`, `series`, `genre` or `contributor`.</summary>
    [AllowedValues("person", "organisation", "place", "event", "keyword", "series", "genre", "contributor")]
    public required string Kind { get; init; }

    /// <summary>Names the tag within its kind.</summary>
    [MaxLength(Content.Slug.MaxLength)]
    public string? Slug { get; init; }

    /// <summary>Its name in the article's language, at most 200 UTF-16 code units; not compared where there is a slug.</summary>
    [MaxLength(200)]
    public string? Name { get; init; }

    /// <summary>Not compared.</summary>
    public string? NameLanguage { get; init; }

    /// <summary>`about` (default) or `mentions`.</summary>
    [AllowedValues("about", "mentions")]
    public string? Relation { get; init; }

    public static string Form => "place:syrie";

    public static TagInput? FromText(string text) => TagKey.TryParse(text, out var key) ? new TagInput { Kind = key.Kind, Slug = key.Slug } : null;
}

/// <summary>Somebody credited.</summary>
internal sealed record ContributorInput
{
    /// <summary>The name as printed, at most 200 UTF-16 code units.</summary>
    [MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>Names the tag of kind `contributor`; made of the name when absent.</summary>
    [MaxLength(Content.Slug.MaxLength)]
    public string? Slug { get; init; }
}

/// <summary>The story in exactly one form.</summary>
internal sealed record BodyInput
{
    /// <summary>Typed blocks, at most 5,000.</summary>
    public IReadOnlyList<Block>? Blocks { get; init; }

    /// <summary>
    /// Plain text; blank lines part the paragraphs, which have at most 20,000 UTF-16 code units each. A paragraph that is a quotation in quotation marks and a last line
    /// `— ` with its speaker becomes a `quote`; `format=text` gives both back as they were.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>
    /// HTML, at most 50,000 elements, nested at most 64 deep. It becomes blocks; what is dangerous or has no block is dropped, with a warning `dropped-element`.
    /// Frames of known players (YouTube, Vimeo, Dailymotion, Facebook, Spotify, SoundCloud, Datawrapper, Flourish) and quoted posts (X, Bluesky, Instagram, Threads, TikTok,
    /// Facebook) become an `embed` with the address for people; a post's text is its `title`, or a `quote` before it where it is longer. Other frames are dropped.
    /// `srcset`, also of the sources of a `picture`, becomes `renditions` where it says widths; of a `video` its `poster` stays, as an image. The last `small` of a `figcaption` is
    /// the credit. `q` becomes quotation marks. Links must be absolute: of a relative one the text stays. Of a speaker's name that is one link, the address becomes
    /// `sourceUrl`; other links in names and captions leave their text, with a warning.
    /// </summary>
    [AsSent]
    public string? Html { get; init; }

    /// <summary>
    /// Markdown: CommonMark with tables and strikethrough. It becomes blocks as `html` does, and HTML inside it too. The title of a picture is its caption; a quotation's last
    /// paragraph `— name` is its attribution, linked to `sourceUrl`; the linked address of a known player or post, alone in a paragraph, is an `embed`.
    /// </summary>
    [AsSent]
    public string? Markdown { get; init; }

    private BodyReading? _reading;

    /// <summary>What its markup says, read once: both the rules and the revision need it. Null where it is sent as blocks or plain text.</summary>
    public BodyReading? ReadMarkup() => _reading ??= Html is not null ? HtmlReader.Read(Html, "/body/html") : Markdown is not null ? MarkdownReader.Read(Markdown, "/body/markdown") : null;
}

/// <summary>Another article, by its id or by its sender's own.</summary>
internal sealed record RelatedInput
{
    /// <summary>The article's id.</summary>
    public string? Id { get; init; }

    /// <summary>With `externalId`: the source that pushes it.</summary>
    public string? Source { get; init; }

    /// <summary>With `source`: the sender's own id.</summary>
    [MaxLength(SourceName.MaxExternalId)]
    public string? ExternalId { get; init; }
}
