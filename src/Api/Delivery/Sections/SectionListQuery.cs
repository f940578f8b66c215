using Galley.Content;
using Galley.Http;

namespace Galley.Delivery.Sections;

/// <summary>Which sections a list holds.</summary>
internal sealed record SectionListQuery : IQuery<SectionListQuery>
{
    private static readonly QueryParameter ParentParameter = new("parent", "Only the sections directly below this one.") { Format = "section-path" };

    public static IReadOnlyList<QueryParameter> Parameters => [ParentParameter, QueryParameter.Language, QueryParameter.Limit, QueryParameter.Cursor];

    public required SectionPath? Parent { get; init; }

    public required Language? Language { get; init; }

    public required int Limit { get; init; }

    public required string? Cursor { get; init; }

    /// <summary>What a cursor of this list is bound to.</summary>
    public string Identity => $"sections\n{Parent}";

    public static SectionListQuery Read(QueryReader reader) => new()
    {
        Parent = reader.SectionPath(ParentParameter),
        Language = reader.Language(QueryParameter.Language),
        Limit = reader.Integer(QueryParameter.Limit) ?? 20,
        Cursor = reader.Text(QueryParameter.Cursor),
    };
}
