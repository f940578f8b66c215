using Galley.Storage;

namespace Galley.Http;

/// <summary>Who may call an endpoint. Every endpoint has one; the start fails for one that has none.</summary>
internal sealed record Access(AccessKind Kind, IReadOnlyList<string> AnyOf);

/// <summary>Ways in.</summary>
internal enum AccessKind
{
    /// <summary>Anybody, whatever they send.</summary>
    Public,

    /// <summary>Readers: anybody while anonymous reading is on, else a key that may read; a wrong key never.</summary>
    Delivery,

    /// <summary>A key with one of the scopes named.</summary>
    Key,
}

/// <summary>Declares access where a route is declared.</summary>
internal static class AccessDeclarations
{
    public static TBuilder Public<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access(AccessKind.Public, []));

    public static TBuilder ForReaders<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access(AccessKind.Delivery, [KeyScope.ContentRead]));

    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, params string[] anyOf)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access(AccessKind.Key, anyOf));

    /// <summary>Says that an operation keeps to the limits of the key that calls it.</summary>
    public static TBuilder WithinLimits<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new LimitsHeeded());

    /// <summary>Refuses to start with a route that says nothing of who may call it: forgotten means closed. The endpoints stay as they were looked at, for each look makes them anew.</summary>
    public static void RequireDeclaredAccess(this IEndpointRouteBuilder routes)
    {
        var endpoints = routes.DataSources.SelectMany(source => source.Endpoints).ToList();
        var open = endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<Access>() is null).ToList();
        if (open.Count > 0)
            throw new StartupRefusal(StartupRefusal.BadConfiguration, $"Nobody said who may call {string.Join(", ", open.Select(endpoint => endpoint.RoutePattern.RawText))}.");

        routes.DataSources.Clear();
        routes.DataSources.Add(new DefaultEndpointDataSource(endpoints));
    }
}
