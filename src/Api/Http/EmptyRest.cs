using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Galley.Http;

/// <summary>
/// Keeps an address that takes whatever is left of the path apart from the list above it: the framework lets the rest be empty, and the list's address
/// would seem to have the methods of what stands below.
/// </summary>
internal sealed class EmptyRest : MatcherPolicy, INodeBuilderPolicy
{
    // Before the methods are gathered.
    public override int Order => -2_000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => WithRest(endpoints).Count < endpoints.Count;

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) => [new PolicyNodeEdge(string.Empty, WithRest(endpoints))];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) => new Only(edges[0].Destination);

    // Where an address of as many segments ends as stand before a rest, that rest is empty.
    private static IReadOnlyList<Endpoint> WithRest(IReadOnlyList<Endpoint> endpoints)
    {
        var lengths = endpoints.Where(endpoint => !TakesRest(endpoint)).Select(LengthOf).ToHashSet();
        return [.. endpoints.Where(endpoint => !TakesRest(endpoint) || !lengths.Contains(LengthOf(endpoint) - 1))];
    }

    private static bool TakesRest(Endpoint endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.PathSegments: [.., var last] } && last.Parts[^1] is RoutePatternParameterPart { IsCatchAll: true };

    private static int LengthOf(Endpoint endpoint) => (endpoint as RouteEndpoint)?.RoutePattern.PathSegments.Count ?? 0;

    private sealed class Only(int destination) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) => destination;
    }
}
