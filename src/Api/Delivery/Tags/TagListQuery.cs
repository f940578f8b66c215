using Galley.Content;
using Galley.Http;

namespace Galley.Delivery.Tags;

/// <summary>Which tags a list holds.</summary>
internal sealed record TagListQuery : IQuery<TagListQuery>
{
    private static readonly QueryParameter KindParameter = new("kind", "Only tags of this kind.") { Values = TagKey.Kinds };

    private static readonly QueryParameter TextParameter = new("q", "Only tags with a name, in any language, that begins like this, whatever its case and spaces.");

    public static IReadOnlyList<QueryParameter> Parameters => [KindParameter, TextParameter, QueryParameter.Language, QueryParameter.Limit, QueryParameter.Cursor];

    public required string? Kind { get; init; }

    public required string? Prefix { get; init; }

    public required Language? Language { get; init; }

    public required int Limit { get; init; }

    public required string? Cursor { get; init; }

    /// <summary>What a cursor of this list is bound to.</summary>
    public string Identity => $"tags\n{Kind}\n{Prefix}";

    public static TagListQuery Read(QueryReader reader) => new()
    {
        Kind = reader.Text(KindParameter),
        Prefix = reader.Text(TextParameter) is { } text ? PlainText.FoldName(text) : null,
        Language = reader.Language(QueryParameter.Language),
        Limit = reader.Integer(QueryParameter.Limit) ?? 20,
        Cursor = reader.Text(QueryParameter.Cursor),
    };
}
