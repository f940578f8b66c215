using Galley.Content;
using Galley.Http;

namespace Galley.Delivery.Tags;

/// <summary>Which tags a list holds.</summary>
internal sealed record TagListQuery : IQuery<TagListQuery>
{
    private static readonly QueryParameter KindParameter = new("kind", "Only tags of this kind.") { Values = TagKey.Kinds };

    private static readonly QueryParameter TextParameter = new("q", "Only tags with a name, in any language, that begins like this, whatever its case and spaces.");

    private static readonly QueryParameter SectionParameter = new("section", "Only tags of articles that are visible in this section or below.") { Format = "section-path" };

    public static IReadOnlyList<QueryParameter> Parameters => [KindParameter, TextParameter, SectionParameter, QueryParameter.Language, QueryParameter.Limit, QueryParameter.Cursor];

    public required string? Kind { get; init; }

    public required string? Prefix { get; init; }

    public required SectionPath? Section { get; init; }

    public required Language? Language { get; init; }

    public required int Limit { get; init; }

    public required string? Cursor { get; init; }

    /// <summary>What a cursor of this list is bound to.</summary>
    public string Identity => $"tags\n{Kind}\n{Prefix}\n{Section}";

    public static TagListQuery Read(QueryReader reader) => new()
    {
        Kind = reader.Text(KindParameter),
        Prefix = reader.Text(TextParameter) is { } text ? PlainText.FoldName(text) : null,
        Section = reader.SectionPath(SectionParameter),
        Language = reader.Language(QueryParameter.Language),
        Limit = reader.Integer(QueryParameter.Limit) ?? 20,
        Cursor = reader.Text(QueryParameter.Cursor),
    };
}
