using Galley.Content;
using Galley.Content.Body;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Publishing.Rendering;

/// <summary>What an edition is made of, beside its article's content.</summary>
internal sealed record EditionFacts
{
    public required string PublicId { get; init; }

    public required string? Source { get; init; }

    public required long Version { get; init; }

    public required string Slug { get; init; }

    /// <summary>This and the other instants are absent only in a preview of what nobody has published.</summary>
    public required Instant? PublishedAt { get; init; }

    public required Instant? UpdatedAt { get; init; }

    public required Instant? FirstPublishedAt { get; init; }

    public required Places Places { get; init; }

    public required IReadOnlyList<Correction> Corrections { get; init; }
}

/// <summary>The finished bytes of an edition, each with its keyed hash.</summary>
internal sealed record RenderedEdition(byte[] Document, byte[] DocumentTag, byte[] Card, byte[] CardTag);

/// <summary>Writes the documents that readers get, once, when the edition is made. What other articles or the clock decide is left to the slots.</summary>
internal sealed class Renderer(Secrets secrets)
{
    private readonly Lazy<byte[]> _tagKey = new(() => secrets.For(Secrets.EntityTags));

    public RenderedEdition Render(ArticleContent content, EditionFacts facts)
    {
        var whole = Whole(content, facts);
        var document = ContentJson.Write(whole);
        var card = ContentJson.Write(Summary(whole));

        return new RenderedEdition(document, TagOf(document), card, TagOf(card));
    }

    public byte[] TagOf(ReadOnlySpan<byte> bytes) => Secrets.TagOf(_tagKey.Value, bytes);

    /// <summary>The whole article as its revision alone decides it; what others or the clock decide is as if there were nothing.</summary>
    public static Article Whole(ArticleContent content, EditionFacts facts)
    {
        var (words, minutes) = ReadingTime.Of(content.Blocks);
        return new Article
        {
            Id = facts.PublicId,
            Type = "article",
            Version = facts.Version,
            Language = content.Language,
            Direction = Language.Parse(content.Language).Direction,
            Slug = facts.Slug,
            Path = PathOf(content.Language, facts.Places, facts.Slug),
            CanonicalUrl = content.CanonicalUrl,
            Kicker = content.Kicker,
            Headline = content.Headline,
            Standfirst = content.Standfirst,
            Byline = content.Byline,
            Contributors = facts.Places.Contributors.Count == 0 ? null : [.. facts.Places.Contributors.Select(tag => new ContributorName { Slug = tag.Key.Slug, Name = tag.Name })],
            Dateline = content.Dateline,
            Section = SectionOf(facts.Places),
            Tags = [.. facts.Places.Tags.Select(TagOf)],
            LeadImage = content.LeadImage,
            Body = new ArticleBody { Blocks = content.Blocks },
            WordCount = words,
            ReadingMinutes = minutes,
            Urgency = content.Urgency,
            Source = facts.Source is null ? null : new ArticleSource { Slug = facts.Source },
            Agency = content.Agency,
            Rights = content.Rights,
            FirstPublishedAt = facts.FirstPublishedAt,
            PublishedAt = facts.PublishedAt,
            UpdatedAt = facts.UpdatedAt,
            ExpiresAt = content.ExpiresAt,
            Corrections = facts.Corrections.Count == 0 ? null : facts.Corrections,
            DigitalSourceType = content.DigitalSourceType,
            Breaking = false,
        };
    }

    private static ArticleItem Summary(Article whole) => new()
    {
        Id = whole.Id,
        Type = whole.Type,
        Version = whole.Version,
        Language = whole.Language,
        Direction = whole.Direction,
        Slug = whole.Slug,
        Path = whole.Path,
        CanonicalUrl = whole.CanonicalUrl,
        Kicker = whole.Kicker,
        Headline = whole.Headline,
        Standfirst = whole.Standfirst,
        Byline = whole.Byline,
        Section = whole.Section,
        Tags = whole.Tags,
        LeadImage = whole.LeadImage,
        Urgency = whole.Urgency,
        PublishedAt = whole.PublishedAt,
        UpdatedAt = whole.UpdatedAt,
        Breaking = false,
    };

    public static string PathOf(string language, Places places, string slug) =>
        places.Section is { } section ? $"{language}/{section.Path}/{slug}" : $"{language}/{slug}";

    public static ArticleSection? SectionOf(Places places) => places.Section is not { } section ? null : new ArticleSection
    {
        Path = section.Path,
        Name = section.Name,
        NameLanguage = section.NameLanguage,
        Ancestors = [.. places.Sections.SkipLast(1).Select(above => new SectionName { Path = above.Path, Name = above.Name, NameLanguage = above.NameLanguage })],
    };

    public static ArticleTag TagOf(TagPlace tag) =>
        new() { Kind = tag.Key.Kind, Slug = tag.Key.Slug, Name = tag.Name, NameLanguage = tag.NameLanguage, Relation = tag.Relation };
}
