using Galley.Content;
using Galley.Http;
using Galley.Keys;
using Galley.Manage.Taxonomy;
using Galley.Publishing;
using Galley.Publishing.Rerendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;
using SectionOutcome = Galley.Manage.Taxonomy.TaxonomyOutcome<Galley.Manage.Sections.ManagedSection>;

namespace Galley.Manage.Sections;

/// <summary>Makes, names and deletes sections by hand.</summary>
internal sealed class SectionWriter(ManagedSectionReader reader, Rerender rerender)
{
    public async ValueTask<SectionOutcome> PutAsync(WriteSession write, string address, Input<ManagedSectionInput> input, Preconditions preconditions)
    {
        if (!SectionPath.TryParse(address, out var path))
            return write.Refused<SectionOutcome>(new SectionOutcome.Invalid(Problems.Of("malformed-request", $"{address} is none. {SectionPath.Form}")));

        var present = await reader.FindAsync(write, path.Value, write.Now);
        if (SectionOutcome.Refuse(preconditions, present) is { } refusal)
            return write.Refused(refusal);

        var above = path.Parent is { } parent ? await write.FindPresentSectionAsync(parent) : null;
        IEnumerable<InputError> unknown = path.Parent is not null && above is null ? [InputError.At(string.Empty, "unknown-section", $"There is no section {path.Parent}. Make it first.")] : [];
        if (ServerOwned.ProblemOf(input, present, unknown) is { } problem)
            return write.Refused<SectionOutcome>(new SectionOutcome.Invalid(problem));

        var names = NameRules.Normalize(input.Value!.Names);
        if (present is { MadeBy: MadeBy.Hand } && IsSame(present, names, input.Value))
            return new SectionOutcome.Unchanged(present);

        var section = await write.FindPresentSectionAsync(path) ?? await write.MakeSectionAsync(above, path.Slugs[^1]);
        await write.TakePathAsync(section.Path);
        var outermost = await write.MakeByHandAsync(section) ?? section;
        await write.ExecuteAsync(
            "update section set description = @Description, position = @position where id = @Id",
            new { section.Id, input.Value.Description, position = input.Value.Position ?? 0 });
        await write.RenameSectionAsync(section.Id, names);
        if (outermost.Id != section.Id || (present is not null && (present.MadeBy != MadeBy.Hand || !present.Names.SequenceEqual(names))))
            await rerender.BeginAsync(write, Scope.SectionTree(outermost.Id));

        var made = (await reader.FindAsync(write, path.Value, write.Now))!;
        return present is null ? new SectionOutcome.Created(made) : new SectionOutcome.Updated(made, present);
    }

    public async ValueTask<SectionOutcome> DeleteAsync(WriteSession write, string path, Preconditions preconditions, Caller caller)
    {
        if (await reader.FindAsync(write, path, write.Now) is not { } present)
            return write.Refused<SectionOutcome>(new SectionOutcome.NotFound());
        if (SectionOutcome.Refuse(preconditions, present) is { } refusal)
            return write.Refused(refusal);

        var id = (await write.FindSectionAsync(present.Path))!.Id;
        if (await write.FindAsync<long?>("select id from section where parent_id = @id and path > @Path limit 1", new { id, present.Path }) is not null)
            return write.Refused<SectionOutcome>(new SectionOutcome.InUse("Other sections stand below it. Move or delete them first."));
        // With no section below it nothing else stands in it; what a move has taken out of it and not carried over yet does not.
        if (await write.IsInUseAsync(Scope.SectionOnly(id)))
            return write.Refused<SectionOutcome>(new SectionOutcome.InUse("Articles stand in it, perhaps drafts or scheduled ones. Move them first."));

        // Without it the key would be for nothing at all, and nobody would know why. Whose it is, is for those who may see keys.
        if (await write.FindKeyLimitedToAsync(id, write.Now) is { } key)
            return write.Refused<SectionOutcome>(new SectionOutcome.InUse(caller.May(KeyScope.KeysManage) ? $"The key {key.Id} is limited to it. Revoke it first." : "A key is limited to it."));

        await write.LoseSectionAsync(id);
        // What stood here once still answers at its old addresses.
        await write.RememberPathsAsync(present.Path);
        await write.ExecuteAsync("delete from section_name where section_id = @id", new { id });
        await write.ExecuteAsync("delete from section where id = @id", new { id });
        await write.ExecuteAsync("delete from scope_shown where scope = @Packed", new { Scope.SectionTree(id).Packed });
        return new SectionOutcome.Deleted(present);
    }

    private static bool IsSame(ManagedSection present, IReadOnlyDictionary<string, string> names, ManagedSectionInput input) =>
        present.Names.SequenceEqual(names) && present.Description == input.Description && present.Position == (input.Position ?? 0);
}
