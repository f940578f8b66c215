using Galley.Content;

namespace Galley.Publishing.Taxonomy;

/// <summary>Whether a section or tag exists for readers: made by hand, or with a visible article in it. A condition of queries that have <c>@now</c>.</summary>
internal static class Existence
{
    /// <summary>Of sections under the alias <c>s</c>.</summary>
    public static readonly string OfSection = $"""
        (s.made_by = '{MadeBy.Hand}' or exists (
            select 1 from listing l where l.scope = s.id * {Scope.SectionTree(1).Packed - Scope.SectionTree(0).Packed} + {Scope.SectionTree(0).Packed} and {Visible.Listing}))
        """;

    /// <summary>Of tags under the alias <c>t</c>; one that was merged into another is none any more.</summary>
    public static readonly string OfTag = $"""
        (t.merged_into is null and (t.made_by = '{MadeBy.Hand}' or exists (
            select 1 from listing l where l.scope = t.id * {Scope.Tag(1).Packed - Scope.Tag(0).Packed} + {Scope.Tag(0).Packed} and {Visible.Listing})))
        """;

    /// <summary>Whether a section under the alias <c>s</c> ever existed for readers: an old address leads on to them only then.</summary>
    public const string WasOfSection = $"(s.made_by = '{MadeBy.Hand}' or s.shown_at <= @now)";

    /// <summary>Whether a tag under the alias <c>t</c> ever existed for readers.</summary>
    public const string WasOfTag = $"(t.made_by = '{MadeBy.Hand}' or t.shown_at <= @now)";
}
