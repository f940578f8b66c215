using Galley.Content;

namespace Galley.Publishing.Taxonomy;

/// <summary>
/// When an article appears. Of several that appear in the same instant the one made first comes first: that order is the same whatever was scheduled,
/// cancelled and scheduled again before, and by whom.
/// </summary>
internal readonly record struct Debut(Instant At, long ArticleId)
{
    /// <summary>What readers see at an instant, whichever of its articles came first.</summary>
    public static Debut Past(Instant at) => new(at, long.MaxValue);
}
