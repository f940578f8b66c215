using Galley.Content;

namespace Galley.Publishing.Rerendering;

/// <summary>Work that is under way: the editions of a scope beyond a position are still to be rendered again.</summary>
internal sealed class RerenderJob
{
    public long Id { get; init; }

    /// <summary>The scope whose editions it is about, as one integer.</summary>
    public long Scope { get; init; }

    /// <summary>The scopes in which those editions stand from now on, although their listings do not say so yet.</summary>
    public byte[] Gained { get; init; } = [];

    /// <summary>The scopes in which they stand no more, although their listings still say so.</summary>
    public byte[] Lost { get; init; } = [];

    public long AfterPosition { get; init; }

    public bool HasGained(Scope scope) => ScopeSet.Unpack(Gained).Contains(scope);

    public bool HasLost(Scope scope) => ScopeSet.Unpack(Lost).Contains(scope);

    /// <summary>Whether an edition is among those that are still to be done.</summary>
    public bool Concerns(EditionRow edition) => edition.Position > AfterPosition && edition.ScopeList.Any(scope => scope.Packed == Scope);
}
