using Galley.Http;
using Galley.Manage.Taxonomy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Manage.Sections;

/// <summary>Sections for the newsroom: what they are called, where they stand.</summary>
internal static class SectionEndpoints
{
    public static void MapManagedSections(this IEndpointRouteBuilder routes)
    {
        var manage = routes.MapGroup("/v1/manage").WithTags("Manage sections");
        manage.MapGet("/sections", ListManagedSections).Gives(nameof(ListManagedSections), "List all sections by path, also those that no reader sees yet");
        manage.MapGet("/sections/{**path}", GetManagedSection).Gives(nameof(GetManagedSection), "Get a section as the newsroom sees it");
        manage.MapPut("/sections/{**path}", PutSection).Takes(nameof(PutSection), "Make a section, or say what it is called");
        manage.MapDelete("/sections/{**path}", DeleteSection).Takes(nameof(DeleteSection), "Delete a section that nothing uses");
        manage.MapPost("/section-moves", MoveSection).Takes(nameof(MoveSection), "Move a section with all below it");
    }

    /// <remarks>
    /// In the order of their paths. `visible` says which of them readers see now.
    /// </remarks>
    private static async Task<Results<Ok<Page<ManagedSection>>, BadRequestProblem>> ListManagedSections(
        Query<ManagedSectionListQuery> query, ManagedSectionReader sections, ListLinks links, HttpContext context, CancellationToken cancel)
    {
        if (await sections.ListAsync(query.Value, cancel) is not { } page)
            return new BadRequestProblem(Problems.BadCursor());

        context.Response.Headers.Link = links.HeaderOf(context, page.Links);
        return TypedResults.Ok(page);
    }

    /// <remarks>
    /// By its present path only. What is answered may be sent back by PUT as it is.
    /// </remarks>
    private static async Task<Results<TaxonomyEntryAnswer<ManagedSection>, NotFoundProblem>> GetManagedSection(PathRest rest, ManagedSectionReader sections, CancellationToken cancel) =>
        await sections.FindAsync(rest.Value, cancel) is { } section ? new TaxonomyEntryAnswer<ManagedSection>(section) : new NotFoundProblem();

    /// <remarks>
    /// Makes the section (201) or replaces what is said of it (200); absent members clear. The section above must exist: 422 `unknown-section`.
    ///
    /// - From now on it exists for readers, with all above it, whether or not an article stands there.
    /// - A new name shows in all its articles, with large sections bit by bit: each article is the old or the new one, whole. It makes no version and moves no `updatedAt`.
    /// - On a path that another section had before, a new section is made; the address is its own from now on.
    /// </remarks>
    private static async Task<PutTaxonomyAnswer<ManagedSection>> PutSection(PathRest rest, Input<ManagedSectionInput> input, Preconditions preconditions, SectionWriter sections, Writing writing) =>
        await writing.AnswerAsync(write => sections.PutAsync(write, rest.Value, input, preconditions), outcome => new PutTaxonomyAnswer<ManagedSection>(outcome));

    /// <remarks>
    /// 409 `in-use` while a section stands below it or an article stands in it: visible, scheduled, or as a draft; and while a key that works is limited to it. What readers knew under it answers 410 or 308 as before.
    /// </remarks>
    private static async Task<DeletedTaxonomyAnswer<ManagedSection>> DeleteSection(PathRest rest, Preconditions preconditions, Caller caller, SectionWriter sections, Writing writing) =>
        await writing.AnswerAsync(write => sections.DeleteAsync(write, rest.Value, preconditions, caller), outcome => new DeletedTaxonomyAnswer<ManagedSection>(outcome));

    /// <remarks>
    /// Articles and the sections below follow. From now on it exists for readers, with all above it, as one that was put. Old paths answer 308 in one hop, of sections and of articles; they go on working in filters and in what is pushed, until another section stands there.
    /// Lists, counts and addresses are right at once, finished articles of large sections bit by bit: until then an article's own `path` and `section` are the old ones, whole, and the old path answers 308. 422 `unknown-section` where `from` or the section above `to` does not exist;
    /// 409 `state-conflict` where `to` is taken, or lies below `from`. It makes no version and moves no `updatedAt`.
    /// `If-Match` is compared with the `etag` of the section that `from` names.
    /// </remarks>
    private static async Task<TaxonomyAnswer<ManagedSection>> MoveSection(Input<SectionMoveInput> input, Preconditions preconditions, SectionMover mover, Writing writing) =>
        await writing.AnswerAsync(write => mover.MoveAsync(write, input, preconditions), outcome => new TaxonomyAnswer<ManagedSection>(outcome));
}
