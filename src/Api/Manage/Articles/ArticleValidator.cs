using System.Text;
using FluentValidation;
using Galley.Content;
using Galley.Content.Body;
using Galley.Http;

namespace Galley.Manage.Articles;

/// <summary>The rules of an article as it is sent, as far as the article alone decides them.</summary>
internal sealed class ArticleValidator : ContractValidator<ArticleInput>
{
    private const int MaxBody = 2 * 1024 * 1024;

    public ArticleValidator()
    {
        RuleFor(a => a.Language).Must(text => text is null || Language.TryParse(text, out _)).Code("invalid-language", "Expected a BCP 47 language tag, such as fr.");
        RuleFor(a => a.Headline).Must(text => !string.IsNullOrWhiteSpace(text)).When(a => a.Status == ArticleContent.Published)
            .Code("required", "headline is required to publish.");
        RuleFor(a => a.TranslationKey).NotBlank();
        RuleFor(a => a.CanonicalUrl).WebAddress();
        RuleForEach(a => a.Aliases).AtMost(WebAddress.MaxLength).IsAlias();
        RuleFor(a => a.DigitalSourceType).Must(text => text is null || WebAddress.IsTerm(text)).Code("invalid-url", "Expected the http, https or urn URI of a term.");
        RuleFor(a => a.ExpiresAt).Must((a, end) => end is null || ((a.PublishedAt is null || end > a.PublishedAt) && (a.EmbargoedUntil is null || end > a.EmbargoedUntil)))
            .Code("out-of-range", "expiresAt must be later than publishedAt and embargoedUntil.");

        RuleFor(a => a.Section!).SetValidator(new SectionInputValidator()).When(a => a.Section is not null);
        RuleForEach(a => a.Tags).SetValidator(new TagInputValidator());
        RuleForEach(a => a.Contributors).SetValidator(new ContributorInputValidator());
        RuleForEach(a => a.Related).SetValidator(new RelatedInputValidator());
        RuleFor(a => a.Agency!).SetValidator(new AgencyValidator()).When(a => a.Agency is not null);
        RuleFor(a => a.Rights!).SetValidator(new RightsValidator()).When(a => a.Rights is not null);
        RuleFor(a => a.LeadImage).Faults((image, pointer) => ImageRules.Check(image, pointer), "/leadImage");
        RuleFor(a => a.Body).Faults(CheckBody, "/body");
    }

    private static IEnumerable<Fault> CheckBody(BodyInput body, string pointer)
    {
        return (body.Blocks, body.Html, body.Markdown, body.Text) switch
        {
            ({ } blocks, null, null, null) => BlockRules.Check(blocks, $"{pointer}/blocks").Concat(CheckSize(ContentJson.Write(blocks).Length, $"{pointer}/blocks")),
            (null, { } html, null, null) => CheckMarkup(body, html, $"{pointer}/html"),
            (null, null, { } markdown, null) => CheckMarkup(body, markdown, $"{pointer}/markdown"),
            (null, null, null, { } text) => CheckText(text, $"{pointer}/text").Concat(CheckSize(Encoding.UTF8.GetByteCount(text), $"{pointer}/text")),
            _ => [new Fault(pointer, "invalid-value", "A body has exactly one of blocks, html, markdown and text.")],
        };
    }

    // What is too large is not read at all.
    private static IEnumerable<Fault> CheckMarkup(BodyInput body, string markup, string pointer) =>
        CheckSize(Encoding.UTF8.GetByteCount(markup), pointer) is [var tooLong] ? [tooLong] : CheckReading(body.ReadMarkup()!, pointer);

    private static IEnumerable<Fault> CheckReading(BodyReading reading, string pointer) =>
        reading.Check(pointer).Concat(CheckSize(ContentJson.Write(reading.Blocks).Length, pointer));

    private static IReadOnlyList<Fault> CheckSize(int bytes, string pointer) =>
        bytes > MaxBody ? [new Fault(pointer, "too-long", $"A body has at most {MaxBody} bytes of UTF-8; this one has {bytes}.", MaxBody)] : [];

    private static IEnumerable<Fault> CheckText(string text, string pointer)
    {
        var paragraphs = PlainTextReader.Read(text);
        if (paragraphs.Count > BlockRules.MaxBlocks)
            yield return new Fault(pointer, "too-many", $"The text has {paragraphs.Count} paragraphs; at most {BlockRules.MaxBlocks} are allowed.", BlockRules.MaxBlocks);

        foreach (var (paragraph, index) in paragraphs.Select((paragraph, index) => (paragraph, index)).Where(pair => pair.paragraph.Text!.Length > BlockRules.MaxText))
            yield return new Fault(pointer, "too-long", $"Paragraph {index + 1} has {paragraph.Text!.Length} UTF-16 code units; at most {BlockRules.MaxText} are allowed. Part it by a blank line.", BlockRules.MaxText);
    }

    private sealed class SectionInputValidator : ContractValidator<SectionInput>
    {
        public SectionInputValidator()
        {
            RuleFor(s => s).Must(s => s.Path is not null || s.Breadcrumb is not null).Code("required", "A section has a path or a breadcrumb.");
            RuleFor(s => s.Path).Must(path => path is null || SectionPath.TryParse(path, out _))
                .Code("invalid-value", SectionPath.Form);
            RuleForEach(s => s.Breadcrumb).NotBlank().AtMost(200);
        }
    }

    private sealed class TagInputValidator : ContractValidator<TagInput>
    {
        public TagInputValidator()
        {
            RuleFor(t => t).Must(t => t.Slug is not null || t.Name is not null).Code("required", "A tag has a slug or a name.");
            RuleFor(t => t.Slug).IsSlug();
            RuleFor(t => t.Name).NotBlank();
        }
    }

    private sealed class ContributorInputValidator : ContractValidator<ContributorInput>
    {
        public ContributorInputValidator()
        {
            RuleFor(c => c.Name).NotBlank();
            RuleFor(c => c.Slug).IsSlug();
        }
    }

    private sealed class RelatedInputValidator : ContractValidator<RelatedInput>
    {
        public RelatedInputValidator()
        {
            RuleFor(r => r).Must(r => r.Id is not null ? r.Source is null && r.ExternalId is null : r.Source is not null && r.ExternalId is not null)
                .Code("invalid-value", "A related article has an id, or a source and an externalId.");
            RuleFor(r => r.Id).Must(id => id is null || Guid.TryParseExact(id, "D", out _)).Code("invalid-value", "Expected a UUID.");
            RuleFor(r => r.ExternalId).Must(externalId => externalId is not "").Code("required", "It must not be empty.");
            RuleFor(r => r.ExternalId).Must(externalId => externalId is null || !externalId.Any(char.IsControl)).Code("bad-character", "An externalId has no controls, tabs or line ends.");
            RuleFor(r => r.Source).Must(source => source is null || SourceName.IsValid(source)).Code("invalid-value", SourceName.Form);
        }
    }

    private sealed class AgencyValidator : ContractValidator<Agency>
    {
        public AgencyValidator()
        {
            RuleFor(a => a.Name).NotBlank().AtMost(200);
            RuleFor(a => a.Category).AtMost(200);
        }
    }

    private sealed class RightsValidator : ContractValidator<Rights>
    {
        public RightsValidator()
        {
            RuleFor(r => r.CopyrightNotice).AtMost(500);
            RuleFor(r => r.UsageTerms).AtMost(2_000);
            RuleFor(r => r.License).AtMost(500);
            RuleFor(r => r.Syndication).Must(value => value is null or "allow" or "deny").Code("invalid-value", "Expected allow or deny.");
        }
    }
}
