using Galley.Content;
using Galley.Publishing;

namespace Galley.Manage.Articles;

/// <summary>Where an article stands at one instant, whatever it holds: what was stored, and what the clock has done since.</summary>
internal record StoredState(ArticleRow Row, IReadOnlyList<EditionRow> Editions, Instant Now)
{
    public EditionRow? Live => Editions.FirstOrDefault(edition => edition.Window.Holds(Now));

    public EditionRow? Ahead => Editions.FirstOrDefault(edition => edition.Window.From > Now);

    /// <summary>What readers see or saw last, whether or not it has been announced.</summary>
    protected EditionRow? Shown => Editions.LastOrDefault(edition => edition.Window.From <= Now);

    /// <summary>The number of its states that readers have seen.</summary>
    public long Version => Shown?.Version ?? Row.Version;

    /// <summary>Whether an edition was made of the newest revision.</summary>
    public bool IsNewestPlaced => Editions.Any(edition => edition.Revision == Row.WorkingRevision);

    public bool HasDraft => Live is { } live && Row.WorkingRevision > live.Revision;

    /// <summary>The last change that readers should have noticed; null where they saw nothing.</summary>
    public Instant? UpdatedAt => (Shown?.UpdatedAt ?? Row.UpdatedAt) is { } milliseconds ? new Instant(milliseconds) : null;

    /// <summary>The state as the contract names it: what was stored, and what the clock has done since.</summary>
    public string State =>
        Live is not null ? ArticleState.Live
        : Ahead is not null ? ArticleState.Scheduled
        : Editions.Count > 0 ? Editions[^1].EndKind
        : Row.State;

    public IReadOnlyList<string> Allowed => State switch
    {
        ArticleState.Draft => ["publish", "delete"],
        ArticleState.Scheduled => ["publish", "unpublish", "takedown", "delete"],
        ArticleState.Live when HasDraft => ["publish", "discard", "unpublish", "takedown", "delete"],
        ArticleState.Live => ["publish", "unpublish", "takedown", "delete"],
        ArticleState.Expired or ArticleState.Unpublished => ["publish", "takedown", "delete"],
        _ => [],
    };
}
