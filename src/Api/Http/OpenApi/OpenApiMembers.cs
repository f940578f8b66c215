using System.Globalization;
using System.Text.Json.Nodes;
using Galley.Content;
using Galley.Content.Body;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http.OpenApi;

/// <summary>
/// Says of members what neither their types nor attributes tell: the form of ids and addresses, the values that are known so far, and the limits of what
/// is sent that stand in the rules of the content.
/// </summary>
internal sealed class OpenApiMembers : IDocumentFilter
{
    /// <summary>Lists the values of an answer's member that are known so far; readers take any other as text.</summary>
    public const string KnownValues = "x-extensible-enum";

    private const string NotBlank = @"\S";
    private const string SectionForm = @"^[^\s/]+(/[^\s/]+){0,7}$";
    private const string SlugForm = "^[^\\s/:-]+(-[^\\s/:-]+)*$";

    private static readonly Note[] Answered =
    [
        new("ArticleItem Article ManagedArticle ManagedArticleItem ArticleInput TranslationLink RelatedLink RelatedUse RelatedInput", "id", Format("uuid")),
        new("ArticleItem Article ManagedArticle ManagedArticleItem", "canonicalUrl", Format("uri")),
        new("Image Rendition Block", "url", Format("uri")),
        new("Block", "sourceUrl", Format("uri")),
        new("Mark", "href", Format("uri")),
        new("Problem", "type instance", Format("uri-reference")),
        new("ArticleItem Article ManagedArticle ManagedArticleItem", "type", Known("article")),
        new("ArticleItem Article ManagedArticle ManagedArticleItem", "direction", Known("ltr", "rtl")),
        new("ArticleItem Article ManagedArticle ManagedArticleItem TranslationLink RelatedLink", "path", Example("fr/international/moyen-orient/syrie")),
        new("Section SectionNode ArticleSection SectionName ManagedSection", "path", Example("international/moyen-orient")),
        new("ManagedSection ManagedTag", "madeBy", Known("hand", "push")),
        new("ManagedSection ManagedTag", "outcome", Known("created", "updated", "unchanged")),
        new("ManagedTag", "aliases", Each(Example("place:syria"))),
        new("Tag ManagedTag", "sameAs", Each(Format("uri"))),
        new("ManagedArticle ManagedArticleItem", "status", Known("draft", "published")),
        new("ManagedArticle ManagedArticleItem Problem", "state", Known("draft", "scheduled", "live", "expired", "unpublished", "taken-down")),
        new("ManagedArticle ManagedArticleItem Problem", "allowed", Each(Known("publish", "unpublish", "discard", "takedown", "delete"))),
        new("ManagedArticle", "outcome", Known("created", "updated", "unchanged")),
        new("RevisionItem Revision RevisionContent", "status", Known("draft", "published")),
        new("RevisionContent", "canonicalUrl", Format("uri")),
        new("BlockChange", "op", Known("added", "removed", "changed", "moved")),
        new("PreviewLink", "url", Format("uri")),
        new("ManagedArticle ManagedArticleItem", "etag", Example("\"5b0c9e0e-3\"")),
        new("Tag ArticleTag ManagedTag", "kind", Known([.. TagKey.Kinds])),
        new("ArticleTag", "relation", Known("about", "mentions")),
        new("Correction", "kind", Known("correction", "clarification", "update", "retraction")),
        new("Rights", "syndication", Known("allow", "deny")),
        new("Block", "type", Known([.. BlockRules.Types])),
        new("Mark", "type", Known([.. MarkRules.Types])),
        new("ApiKey", "scopes", Each(Known([.. KeyScope.All]))),
        new("Problem", "code", Codes("Programs switch on it.", Problems.Catalogue.Select(kind => (kind.Code, $"{kind.Status}: {kind.Title}")))),
        new("InputError", "code", Codes("What is wrong, for programs.", OpenApiCodes.Errors)),
        new("InputWarning", "code", Codes("What it is, for programs.", OpenApiCodes.Warnings)),
    ];

    private static readonly Note[] Sent =
    [
        new("ArticleInput", "language", Text(35, "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")),
        new("ArticleInput", "translationKey", Text(null, NotBlank)),
        new("SectionInput", "path", Text(null, SectionForm)),
        new("SectionMoveInput", "from to", Text(null, SectionForm)),
        new("TagMergeInput", "from into", Text(null, "^[a-z]+:[^\\s/:]+$")),
        new("ManagedSectionInput ManagedTagInput", "names", Names),
        new("ManagedTagInput", "sameAs", Each(Text(WebAddress.MaxLength))),
        new("KeyLimitsInput", "sources sections languages", schema => schema.MinItems = 1),
        new("KeyLimitsInput", "sources", Each(Text(63, "^[a-z0-9][a-z0-9._-]{0,62}$"))),
        new("KeyLimitsInput", "sections", Each(Text(null, SectionForm))),
        new("KeyLimitsInput", "languages", Each(Text(35, "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"))),
        new("SectionInput", "breadcrumb", Each(Text(200, NotBlank))),
        new("ArticleInput", "aliases", Each(Text(WebAddress.MaxLength))),
        new("CorrectionInput", "text", Text(null, NotBlank)),
        new("TakedownInput TakedownOwnInput", "reason", Text(null, NotBlank)),
        new("TagInput ContributorInput", "slug", Text(null, SlugForm)),
        new("TagInput ContributorInput", "name", Text(null, NotBlank)),
        new("RelatedInput", "source", Text(null, "^[a-z0-9][a-z0-9._-]{0,62}$")),
        new("AgencyInput", "name", Text(200, NotBlank)),
        new("AgencyInput", "category", Text(200)),
        new("RightsInput", "copyrightNotice license", Text(500)),
        new("RightsInput", "usageTerms", Text(2_000)),
        new("RightsInput", "syndication", OneOf("allow", "deny")),
        new("BodyInput", "blocks", AtMost(BlockRules.MaxBlocks)),
        new("BlockInput", "id", Text(null, "^[A-Za-z0-9_-]{1,64}$")),
        new("BlockInput", "type", OneOf([.. BlockRules.Types])),
        new("BlockInput ListItemInput TableCellInput", "text", Text(BlockRules.MaxText)),
        new("BlockInput ListItemInput TableCellInput", "marks", AtMost(MarkRules.MaxMarks)),
        new("BlockInput", "level", Between(2, 4)),
        new("BlockInput", "attribution language provider title", Text(BlockRules.MaxLabel)),
        new("BlockInput ImageInput RenditionInput", "url", Text(WebAddress.MaxLength)),
        new("BlockInput", "sourceUrl", Text(WebAddress.MaxLength)),
        new("BlockInput ListItemInput", "items", AtMost(BlockRules.MaxItems)),
        new("BlockInput", "rows", AtMost(BlockRules.MaxItems)),
        new("BlockInput", "rows", Each(AtMost(BlockRules.MaxColumns))),
        new("BlockInput", "header", AtMost(BlockRules.MaxColumns)),
        new("BlockInput", "images", AtMost(BlockRules.MaxImages)),
        new("MarkInput", "type", OneOf([.. MarkRules.Types])),
        new("MarkInput", "start", Between(0, null)),
        new("MarkInput", "end", Between(1, null)),
        new("MarkInput", "href", Text(WebAddress.MaxLength)),
        new("ImageInput RenditionInput", "contentType", Text(null, "^[a-z]+/[a-z0-9][a-z0-9.+-]{0,126}$")),
        new("ImageInput RenditionInput", "width height", Between(1, ImageRules.MaxPixels)),
        new("ImageInput RenditionInput", "bytes", Between(0, null)),
        new("ImageInput", "alt caption", Text(ImageRules.MaxText)),
        new("ImageInput", "credit", Text(ImageRules.MaxCredit)),
        new("ImageInput", "renditions", AtMost(ImageRules.MaxRenditions)),
        new("FocalPointInput", "x y", Between(0, 1)),
        new("PreviewLinkInput", "revision", Between(1, null)),
        new("PublishInput PublishOwnInput", "expiresAt", schema => schema.Type |= JsonSchemaType.Null),
    ];

    public void Apply(Microsoft.OpenApi.OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components!.Schemas!;
        foreach (var (names, members, say) in Answered.Concat(Sent))
        {
            foreach (var name in names.Split(' '))
            {
                foreach (var member in members.Split(' '))
                    say(Find(schemas, name, member));
            }
        }

        // Exactly one of its forms: the shortest way to say it that generators understand.
        var body = (OpenApiSchema)schemas["BodyInput"];
        (body.MinProperties, body.MaxProperties) = (1, 1);
        schemas["BlockInput"].Description += "\n\n" + string.Join('\n', BlockRules.MembersOf.Select(MembersOf));
    }

    private static OpenApiSchema Find(IDictionary<string, IOpenApiSchema> schemas, string name, string member) =>
        schemas.TryGetValue(name, out var schema) && schema.Properties?.TryGetValue(member, out var property) == true
            ? (OpenApiSchema)property
            : throw new InvalidOperationException($"Something is said of {name}.{member}, which the document does not have.");

    private static string MembersOf(KeyValuePair<string, string[]> type)
    {
        var required = type.Value.Where(member => member.EndsWith('!')).Select(member => $"`{member[..^1]}`").ToList();
        var optional = type.Value.Where(member => !member.EndsWith('!')).Select(member => $"`{member}`").ToList();
        return $"- `{type.Key}`" + (required, optional) switch
        {
            ([], []) => " has no other member.",
            ([], _) => $" may have {string.Join(", ", optional)}.",
            (_, []) => $" has {string.Join(", ", required)}.",
            _ => $" has {string.Join(", ", required)} and may have {string.Join(", ", optional)}.",
        };
    }

    private static Action<OpenApiSchema> Format(string format) => schema => schema.Format = format;

    private static Action<OpenApiSchema> Example(string value) => schema => schema.Examples = [(JsonNode)value];

    // Examples, not an enum: more may come, and an answer is open. The extension says that these are all there are so far.
    private static Action<OpenApiSchema> Known(params string[] values) => schema =>
    {
        schema.Examples = [.. values.Select(value => (JsonNode)value)];
        schema.Extensions = new Dictionary<string, IOpenApiExtension> { [KnownValues] = new JsonNodeExtension(new JsonArray([.. values.Select(value => (JsonNode)value)])) };
    };

    private static Action<OpenApiSchema> Codes(string meaning, IEnumerable<(string Code, string Meaning)> codes) => schema =>
    {
        schema.Description = $"{meaning} More may come.\n\n" + string.Join('\n', codes.Select(code => $"- `{code.Code}` – {code.Meaning}"));
        Known([.. codes.Select(code => code.Code)])(schema);
    };

    private static Action<OpenApiSchema> OneOf(params string[] values) => schema => schema.Enum = [.. values.Select(value => (JsonNode)value)];

    private static Action<OpenApiSchema> Text(int? most, string? pattern = null) => schema => (schema.MaxLength, schema.Pattern) = (most ?? schema.MaxLength, pattern);

    private static Action<OpenApiSchema> AtMost(int most) => schema => schema.MaxItems = most;

    private static Action<OpenApiSchema> Between(int least, int? most) => schema =>
        (schema.Minimum, schema.Maximum) = (least.ToString(CultureInfo.InvariantCulture), most?.ToString(CultureInfo.InvariantCulture));

    private static void Names(OpenApiSchema schema)
    {
        schema.MaxProperties = 50;
        schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200, Pattern = NotBlank };
    }

    private static Action<OpenApiSchema> Each(Action<OpenApiSchema> say) => schema => say((OpenApiSchema)schema.Items!);

    /// <summary>What is said of members, each in each of the schemas named.</summary>
    private sealed record Note(string Schemas, string Members, Action<OpenApiSchema> Say);
}
