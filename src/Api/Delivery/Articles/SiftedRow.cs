using Galley.Content;

namespace Galley.Delivery.Articles;

/// <summary>What of a visible edition decides whether a filter lets it through, where no listing says so.</summary>
internal sealed class SiftedRow
{
    public const string Columns = "position, updated_at, scopes, breaking_until";

    public long Position { get; init; }

    public long UpdatedAt { get; init; }

    public byte[] Scopes { get; init; } = [];

    public long? BreakingUntil { get; init; }

    public UpdatedPlace Place => new(UpdatedAt, Position);

    /// <summary>Where it stands: that it breaks ends by itself.</summary>
    public IReadOnlyCollection<Scope> ScopesAt(Instant now) =>
        BreakingUntil <= now.Milliseconds ? [.. ScopeSet.Unpack(Scopes).Where(scope => scope != Scope.Breaking)] : ScopeSet.Unpack(Scopes);
}
