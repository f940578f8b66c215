using System.Reflection;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Taxonomy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using TagOutcome = Galley.Manage.Taxonomy.TaxonomyOutcome<Galley.Manage.Tags.ManagedTag>;

namespace Galley.Manage.Tags;

/// <summary>Tags for the newsroom: what they are called, what they stand for, which are one.</summary>
internal static class TagEndpoints
{
    public static void MapManagedTags(this IEndpointRouteBuilder routes)
    {
        var manage = routes.MapGroup("/v1/manage").WithTags("Manage tags");
        manage.MapGet("/tags", ListManagedTags).Gives(nameof(ListManagedTags), "List all tags by kind and slug, also those that no reader sees yet");
        manage.MapGet("/tags/{kind}/{slug}", GetManagedTag).Gives(nameof(GetManagedTag), "Get a tag as the newsroom sees it");
        manage.MapPut("/tags/{kind}/{slug}", PutTag).Takes(nameof(PutTag), "Make a tag, or say what it is called and stands for");
        manage.MapDelete("/tags/{kind}/{slug}", DeleteTag).Takes(nameof(DeleteTag), "Delete a tag that nothing uses");
        manage.MapPost("/tag-merges", MergeTags).Takes(nameof(MergeTags), "Merge one tag into another");
    }

    /// <remarks>
    /// In the order of kind and slug. `visible` says which of them readers see now; those that were merged stand among the `aliases` of the one they became part of.
    /// </remarks>
    private static async Task<Results<Ok<Page<ManagedTag>>, BadRequestProblem>> ListManagedTags(
        Query<ManagedTagListQuery> query, ManagedTagReader tags, ListLinks links, HttpContext context, CancellationToken cancel)
    {
        if (await tags.ListAsync(query.Value, cancel) is not { } page)
            return new BadRequestProblem(Problems.BadCursor());

        context.Response.Headers.Link = links.HeaderOf(context, page.Links);
        return TypedResults.Ok(page);
    }

    /// <remarks>
    /// By its present slug only. What is answered may be sent back by PUT as it is.
    /// </remarks>
    private static async Task<Results<TaxonomyEntryAnswer<ManagedTag>, NotFoundProblem>> GetManagedTag(string kind, string slug, ManagedTagReader tags, CancellationToken cancel) =>
        KeyOf(kind, slug) is { } key && await tags.FindAsync(key, cancel) is { } tag ? new TaxonomyEntryAnswer<ManagedTag>(tag) : new NotFoundProblem();

    /// <remarks>
    /// Makes the tag (201) or replaces what is said of it (200); absent members clear. From now on it exists for readers, whether or not an article has it.
    /// A new name shows in all its articles, with thousands of them bit by bit: each article is the old or the new one, whole. It makes no version and moves no `updatedAt`.
    /// 400 where kind or slug cannot be one; 409 `state-conflict` where it was merged into another.
    /// </remarks>
    private static async Task<Results<PutTagAnswer, BadRequestProblem>> PutTag(
        string kind, string slug, Input<ManagedTagInput> input, Preconditions preconditions, TagWriter tags, Writing writing) =>
        KeyOf(kind, slug) is { } key ? await writing.AnswerAsync(write => tags.PutAsync(write, key, input, preconditions), outcome => new PutTagAnswer(outcome))
        : new BadRequestProblem(Problems.Of("malformed-request", $"A tag is one of {string.Join(", ", TagKey.Kinds)}, and its slug has lower-case letters and digits of any script, joined by single hyphens."));

    /// <remarks>
    /// 409 `in-use` while an article has it: visible, scheduled, or as a draft. Its aliases go with it.
    /// </remarks>
    private static async Task<DeletedTaxonomyAnswer<ManagedTag>> DeleteTag(string kind, string slug, Preconditions preconditions, TagWriter tags, Writing writing) =>
        KeyOf(kind, slug) is { } key ? await writing.AnswerAsync(write => tags.DeleteAsync(write, key, preconditions), outcome => new DeletedTaxonomyAnswer<ManagedTag>(outcome)) : new(new TagOutcome.NotFound());

    /// <remarks>
    /// All articles with `from` have `into` instead. The old slug goes on working: its address answers 308, filters by it and pushes that name it, by slug or by name, find `into`, which keeps its own names and description.
    /// Lists are right at once, finished articles bit by bit. Kinds may differ, but contributors are merged only with each other. 422 `unknown-tag` where one of them does not exist;
    /// 409 `state-conflict` for a tag with itself, and for one that was merged into another before. It makes no version and moves no `updatedAt`.
    /// `If-Match` is compared with the `etag` of the tag that `from` names; a merge that is sent again is `unchanged` all the same.
    /// </remarks>
    private static async Task<TaxonomyAnswer<ManagedTag>> MergeTags(Input<TagMergeInput> input, Preconditions preconditions, TagMerger merger, Writing writing) =>
        await writing.AnswerAsync(write => merger.MergeAsync(write, input, preconditions), outcome => new TaxonomyAnswer<ManagedTag>(outcome));

    // What is no text or no slug names nothing.
    private static TagKey? KeyOf(string kind, string slug) =>
        PlainText.FindFault(slug) is null && TagKey.TryParse($"{kind}:{PlainText.Normalize(slug)}", out var key) ? key : null;
}

/// <summary>What management answers to a PUT of a tag: 409 too, where it was merged into another.</summary>
internal sealed class PutTagAnswer(TagOutcome outcome) : PutTaxonomyAnswer<ManagedTag>(outcome), IEndpointMetadataProvider
{
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        PutTaxonomyAnswer<ManagedTag>.PopulateMetadata(method, builder);
        ProblemResult.Declare(builder, StatusCodes.Status409Conflict);
    }
}
