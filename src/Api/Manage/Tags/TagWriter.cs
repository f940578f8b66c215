using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Manage.Taxonomy;
using Galley.Publishing;
using Galley.Publishing.Rerendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;
using TagOutcome = Galley.Manage.Taxonomy.TaxonomyOutcome<Galley.Manage.Tags.ManagedTag>;

namespace Galley.Manage.Tags;

/// <summary>Makes, describes and deletes tags by hand.</summary>
internal sealed class TagWriter(ManagedTagReader reader, Rerender rerender)
{
    public async ValueTask<TagOutcome> PutAsync(WriteSession write, TagKey key, Input<ManagedTagInput> input, Preconditions preconditions)
    {
        var present = await reader.FindAsync(write, key, write.Now);
        if (TagOutcome.Refuse(preconditions, present) is { } refusal)
            return write.Refused(refusal);
        if (ServerOwned.ProblemOf(input, present) is { } problem)
            return write.Refused<TagOutcome>(new TagOutcome.Invalid(problem));

        var known = await write.FindTagAsync(key);
        if (present is null && known is not null)
            return write.Refused<TagOutcome>(new TagOutcome.Conflict($"{key} was merged into {known.Kind}:{known.Slug}, and is another name of it."));

        var wanted = Wanted(input.Value!);
        if (present is { MadeBy: MadeBy.Hand } && IsSame(present, wanted))
            return new TagOutcome.Unchanged(present);

        await SaveAsync(write, known ?? await write.MakeTagAsync(key), wanted);
        if (present is not null && (present.MadeBy != MadeBy.Hand || !present.Names.SequenceEqual(wanted.Names)))
            await rerender.BeginAsync(write, Scope.Tag(known!.Id));

        var made = (await reader.FindAsync(write, key, write.Now))!;
        return present is null ? new TagOutcome.Created(made) : new TagOutcome.Updated(made, present);
    }

    public async ValueTask<TagOutcome> DeleteAsync(WriteSession write, TagKey key, Preconditions preconditions)
    {
        if (await reader.FindAsync(write, key, write.Now) is not { } present)
            return write.Refused<TagOutcome>(new TagOutcome.NotFound());
        if (TagOutcome.Refuse(preconditions, present) is { } refusal)
            return write.Refused(refusal);

        var tag = (await write.FindTagAsync(key))!;
        if (await IsInUseAsync(write, Scope.Tag(tag.Id)))
            return write.Refused<TagOutcome>(new TagOutcome.InUse("Articles have it, perhaps drafts or scheduled ones. Take it from them, or merge it into another."));

        await write.LoseTagAsync(tag.Id);
        // Its aliases go with it.
        await write.ExecuteAsync("delete from tag_name where tag_id in (select id from tag where merged_into = @Id) or tag_id = @Id", new { tag.Id });
        await write.ExecuteAsync("delete from tag where merged_into = @Id", new { tag.Id });
        await write.ExecuteAsync("delete from tag where id = @Id", new { tag.Id });
        return new TagOutcome.Deleted(present);
    }

    // Also by articles that a merge has not carried over yet.
    private static async ValueTask<bool> IsInUseAsync(WriteSession write, Scope scope) =>
        await write.IsInUseAsync(scope) || (await write.ListRerendersAsync()).Any(job => job.HasGained(scope));

    private static TagProfile Wanted(ManagedTagInput input) => new(
        NameRules.Normalize(input.Names),
        input.Description,
        input.SameAs is { Count: > 0 } sameAs ? [.. sameAs.Distinct()] : null,
        input.Image is null ? null : BlockNormalizer.Normalize(input.Image));

    private static bool IsSame(ManagedTag present, TagProfile wanted) =>
        ContentJson.WriteText(new TagProfile(present.Names, present.Description, present.SameAs, present.Image)) == ContentJson.WriteText(wanted);

    private static async ValueTask SaveAsync(WriteSession write, TagRow tag, TagProfile wanted)
    {
        await write.ExecuteAsync(
            $"update tag set made_by = '{MadeBy.Hand}', description = @Description, same_as = @sameAs, image = @image where id = @Id",
            new
            {
                tag.Id,
                wanted.Description,
                sameAs = wanted.SameAs is null ? null : ContentJson.Write(wanted.SameAs),
                image = wanted.Image is null ? null : ContentJson.Write(wanted.Image),
            });
        await write.RenameTagAsync(tag.Id, wanted.Names);
    }

    private sealed record TagProfile(IReadOnlyDictionary<string, string> Names, string? Description, IReadOnlyList<string>? SameAs, Image? Image);
}
