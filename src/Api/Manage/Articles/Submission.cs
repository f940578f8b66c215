using System.Security.Cryptography;
using System.Text.Json;
using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Publishing.Taxonomy;

namespace Galley.Manage.Articles;

/// <summary>Which article is meant: by the sender's own id, by ours, or one that is to be made and has neither yet.</summary>
internal sealed record ArticleTarget
{
    public string? Source { get; private init; }

    public string? ExternalId { get; private init; }

    public string? Id { get; private init; }

    public static readonly ArticleTarget New = new();

    public static ArticleTarget By(string source, string externalId) => new() { Source = source, ExternalId = externalId };

    public static ArticleTarget By(Guid id) => new() { Id = id.ToString() };
}

/// <summary>An article as it was sent: for which one, by whom, and on which conditions.</summary>
internal sealed record PushRequest(ArticleTarget Target, CreateMissing WishedToCreate, Input<ArticleInput> Input, Preconditions Preconditions, Caller Caller)
{
    // Who may not make sections and tags has not asked for it.
    public CreateMissing CreateMissing => Caller.May(KeyScope.TaxonomyWrite) ? WishedToCreate : default;
}

/// <summary>A valid article on its way in: read, normalised, its text in blocks. Made outside the writer, which has no time for it.</summary>
internal sealed record Submission
{
    public required ArticleTarget Target { get; init; }

    public required ArticleInput Input { get; init; }

    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>What of the markup that was sent has no block.</summary>
    public required IReadOnlyList<DroppedElement> Dropped { get; init; }

    /// <summary>Equal for equal input, whatever a newer reader would make of it.</summary>
    public required byte[] InputHash { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> ServerOwned { get; init; }

    public required CreateMissing CreateMissing { get; init; }

    public required Preconditions Preconditions { get; init; }

    public required string KeyId { get; init; }

    public required bool MayPublish { get; init; }

    public required ContentLimits Limits { get; init; }

    public string Status => Input.Status ?? ArticleContent.Draft;

    public string Language => Content.Language.Parse(Input.Language).Tag;

    /// <summary>The tag of what a patch was merged into; null for what was sent whole.</summary>
    public string? MergedInto { get; init; }

    /// <summary>What the levels of the section are to be called where nobody has named them, beside the path it is found by.</summary>
    public IReadOnlyList<string>? SectionNames { get; init; }

    public SectionWish? Section => SectionOf(Input) is { Path: not null } wish ? wish with { Breadcrumb = SectionNames } : SectionOf(Input);

    public IReadOnlyList<TagWish> Tags => TagsOf(Input);

    public IReadOnlyList<TagWish> Contributors => ContributorsOf(Input);

    public static Submission Of(PushRequest request) => new()
    {
        Target = request.Target,
        Input = request.Input.Value,
        Blocks = BlocksOf(request.Input.Value.Body),
        Dropped = request.Input.Value.Body?.ReadMarkup()?.Dropped ?? [],
        InputHash = SHA256.HashData(ContentJson.Write(request.Input.Value with { MinorEdit = null }))[..16],
        ServerOwned = request.Input.ServerOwned,
        CreateMissing = request.CreateMissing,
        Preconditions = request.Preconditions,
        KeyId = request.Caller.KeyId,
        MayPublish = request.Caller.May(KeyScope.ContentPublish),
        Limits = request.Caller.Limits,
    };

    public static SectionWish? SectionOf(ArticleInput input) => input.Section is not { } section ? null
        : section.Path is { } path && SectionPath.TryParse(path, out var parsed) ? new SectionWish(parsed, null)
        : new SectionWish(null, section.Breadcrumb);

    public static IReadOnlyList<TagWish> TagsOf(ArticleInput input) =>
        [.. (input.Tags ?? []).Select((tag, i) => new TagWish($"/tags/{i}", tag.Kind, tag.Slug, tag.Name, tag.Relation ?? "about"))];

    public static IReadOnlyList<TagWish> ContributorsOf(ArticleInput input) =>
        [.. (input.Contributors ?? []).Select((each, i) => new TagWish($"/contributors/{i}", TagKey.Contributor, each.Slug, each.Name, null))];

    private static IReadOnlyList<Block> BlocksOf(BodyInput? body) =>
        body?.Blocks is { } blocks ? BlockNormalizer.Normalize(blocks)
        : body?.ReadMarkup() is { } reading ? reading.Blocks
        : PlainTextReader.Read(body?.Text ?? string.Empty);
}
