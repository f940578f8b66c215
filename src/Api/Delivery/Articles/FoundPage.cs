using Galley.Http;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>What a page may show, in the direction in which it was looked for, and its links once it is known how many of that it does.</summary>
internal sealed record FoundPage(IReadOnlyList<long> Positions, bool IsBackward, Func<int, PageLinks> LinksOf)
{
    public Dependencies DependsOn { get; init; } = Dependencies.Any;
}
