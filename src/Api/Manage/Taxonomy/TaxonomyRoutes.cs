using Galley.Http;

namespace Galley.Manage.Taxonomy;

/// <summary>Who may read sections and tags as the newsroom does, and who may change them.</summary>
internal static class TaxonomyRoutes
{
    public static RouteHandlerBuilder Gives(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary).Requires(KeyScope.TaxonomyWrite, KeyScope.ContentWrite, KeyScope.DraftsRead);

    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary).Requires(KeyScope.TaxonomyWrite).WithMetadata(BodyLimit.Taxonomy);
}
