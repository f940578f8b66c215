using Galley.Content;
using Galley.Http;
using Galley.Publishing.Rerendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;
using TagOutcome = Galley.Manage.Taxonomy.TaxonomyOutcome<Galley.Manage.Tags.ManagedTag>;

namespace Galley.Manage.Tags;

/// <summary>Makes one tag part of another. The one that goes stays an alias: what names it finds the other.</summary>
internal sealed class TagMerger(ManagedTagReader reader, Rerender rerender)
{
    public async ValueTask<TagOutcome> MergeAsync(WriteSession write, Input<TagMergeInput> input, Preconditions preconditions)
    {
        if (input.Problem is { } problem)
            return write.Refused<TagOutcome>(new TagOutcome.Invalid(problem));

        var (from, into) = (TagKey.Parse(input.Value.From), TagKey.Parse(input.Value.Into));
        var (going, staying) = (await write.FindTagAsync(from), await write.FindTagAsync(into));
        // None where it was merged before: that had a tag then, and has none now.
        var present = await reader.FindAsync(write, from, write.Now);
        if (present is not null && TagOutcome.Refuse(preconditions, present) is { } stale)
            return write.Refused(stale);
        if (Refuse(going, staying, from, into) is { } refusal)
            return write.Refused(refusal);

        // Merged before, and sent again.
        if (going!.Id == staying!.Id)
            return new TagOutcome.Unchanged((await reader.FindAsync(write, into, write.Now))!);

        await write.MergeTagAsync(going, staying);
        await rerender.BeginAsync(write, Scope.Tag(going.Id), gained: [Scope.Tag(staying.Id)], lost: [Scope.Tag(going.Id)]);
        return new TagOutcome.Updated((await reader.FindAsync(write, into, write.Now))!, present!);
    }

    private static TagOutcome? Refuse(TagRow? going, TagRow? staying, TagKey from, TagKey into)
    {
        var unknown = new List<InputError>();
        if (going is null)
            unknown.Add(InputError.At("/from", "unknown-tag", $"There is no tag {from}."));
        if (staying is null)
            unknown.Add(InputError.At("/into", "unknown-tag", $"There is no tag {into}."));
        if (unknown.Count > 0)
            return new TagOutcome.Invalid(Problems.InvalidContent(unknown));

        if (from == into)
            return new TagOutcome.Conflict("A tag cannot be merged into itself.");
        if (staying!.Key != into)
            return new TagOutcome.Conflict($"{into} was merged into {staying.Key} itself. Merge into that.");
        if (going!.Key != from && going.Id != staying.Id)
            return new TagOutcome.Conflict($"{from} was merged into {going.Key} before. Merge that.");

        return (from.Kind == TagKey.Contributor) != (into.Kind == TagKey.Contributor)
            ? TagOutcome.At("/into", "invalid-value", "A contributor can only be merged into a contributor.")
            : null;
    }
}
