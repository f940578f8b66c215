using Galley.Http;
using Galley.Publishing.Rendering;
using Galley.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Delivery.Sections;

/// <summary>Sections for readers.</summary>
internal static class SectionEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapSections(this IEndpointRouteBuilder routes)
    {
        var sections = routes.MapGroup("/v1").WithTags("Sections").ForReaders();
        sections.MapMethods("/sections", Reading, ListSections).WithName(nameof(ListSections)).WithSummary("List sections by path");
        sections.MapMethods("/sections/{**path}", Reading, GetSection).WithName(nameof(GetSection)).WithSummary("Get one section");
        sections.MapMethods("/section-tree", Reading, GetSectionTree).WithName(nameof(GetSectionTree)).WithSummary("Get all sections as a tree, at most 5,000");
    }

    /// <remarks>
    /// Sections in the order of their paths, each with the number of visible articles in it and below. With `parent` only those directly below one; of a parent that does not exist there are none.
    /// </remarks>
    private static async Task<Results<RenderedList<Section>, BadRequestProblem>> ListSections(
        Query<SectionListQuery> query, SectionReader sections, Renderer renderer, ListLinks links, Clock clock, HttpContext context, CancellationToken cancel)
    {
        var now = clock.Now;
        if (await sections.ListAsync(query.Value, now, cancel) is not { } page)
            return new BadRequestProblem(Problems.BadCursor());

        return new RenderedList<Section>(renderer.Represent(page) with { Link = links.HeaderOf(context, page.Links), Surrogates = () => new SurrogateKeys([SurrogateKeys.List], [.. page.Data.Select(section => SurrogateKeys.OfSection(section.Path))]) }, now);
    }

    /// <remarks>
    /// A section exists while it is one of those put by hand, or a visible article stands in it or below; else 404. The former path of one that was moved answers 308, until another section stands there.
    /// </remarks>
    private static async Task<Results<Rendered<Section>, MovedTo, NotFoundProblem>> GetSection(
        PathRest path, Query<LanguageQuery> query, SectionReader sections, Renderer renderer, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        return await sections.FindAsync(path.Value, query.Value.Language, now, cancel) switch
        {
            Lookup<Section>.Found(var section) => new Rendered<Section>(renderer.Represent(section) with { Surrogates = () => new SurrogateKeys([SurrogateKeys.OfSection(section.Path)], []) }, now),
            Lookup<Section>.Moved(var present) => new MovedTo($"/v1/sections/{RawTarget.EncodePath(present)}{query.Value.Suffix}"),
            _ => new NotFoundProblem(),
        };
    }

    /// <remarks>
    /// All sections on one page, for a menu: those at the top, each with the ones below.
    /// </remarks>
    private static async Task<Rendered<SectionTree>> GetSectionTree(Query<LanguageQuery> query, SectionReader sections, Renderer renderer, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        return new Rendered<SectionTree>(renderer.Represent(await sections.TreeAsync(query.Value.Language, now, cancel)) with { Surrogates = () => new SurrogateKeys([SurrogateKeys.List], []) }, now);
    }
}
