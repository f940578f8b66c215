using Galley.Content;
using Galley.Http;
using Galley.Publishing.Rendering;
using Galley.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Delivery.Tags;

/// <summary>Tags for readers.</summary>
internal static class TagEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapTags(this IEndpointRouteBuilder routes)
    {
        var tags = routes.MapGroup("/v1/tags").WithTags("Tags").ForReaders();
        tags.MapMethods("/", Reading, ListTags).WithName(nameof(ListTags)).WithSummary("List tags by kind and slug");
        tags.MapMethods("/{kind}/{slug}", Reading, GetTag).WithName(nameof(GetTag)).WithSummary("Get one tag");
    }

    /// <remarks>
    /// Tags in the order of kind and slug; with `q` those whose name begins like this, for completion while somebody types.
    /// </remarks>
    private static async Task<Results<RenderedList<Tag>, BadRequestProblem>> ListTags(
        Query<TagListQuery> query, TagReader tags, Renderer renderer, ListLinks links, Clock clock, HttpContext context, CancellationToken cancel)
    {
        var now = clock.Now;
        if (await tags.ListAsync(query.Value, now, cancel) is not { } page)
            return new BadRequestProblem(Problems.BadCursor());

        return new RenderedList<Tag>(renderer.Represent(page) with { Link = links.HeaderOf(context, page.Links), Surrogates = () => new SurrogateKeys([SurrogateKeys.List], [.. page.Data.Select(tag => SurrogateKeys.OfTag(tag.Kind, tag.Slug))]) }, now);
    }

    /// <remarks>
    /// A tag exists while it is one of those put by hand, or a visible article has it; else 404. The slug of one that was merged into another answers 308.
    /// </remarks>
    private static async Task<Results<Rendered<Tag>, MovedTo, NotFoundProblem>> GetTag(
        string kind, string slug, Query<LanguageQuery> query, TagReader tags, Renderer renderer, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        // What is no text is the slug of nothing.
        if (PlainText.FindFault(slug) is not null)
            return new NotFoundProblem();

        return await tags.FindAsync(kind, PlainText.Normalize(slug), query.Value.Language, now, cancel) switch
        {
            Lookup<Tag>.Found(var tag) => new Rendered<Tag>(renderer.Represent(tag) with { Surrogates = () => new SurrogateKeys([SurrogateKeys.OfTag(tag.Kind, tag.Slug)], []) }, now),
            Lookup<Tag>.Moved(var present) => new MovedTo($"/v1/tags/{RawTarget.EncodePath(present)}{query.Value.Suffix}"),
            _ => new NotFoundProblem(),
        };
    }
}
