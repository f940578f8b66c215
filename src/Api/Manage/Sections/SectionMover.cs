using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Rerendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;
using SectionOutcome = Galley.Manage.Taxonomy.TaxonomyOutcome<Galley.Manage.Sections.ManagedSection>;

namespace Galley.Manage.Sections;

/// <summary>Gives a section, with all below it, another place in the site.</summary>
internal sealed class SectionMover(ManagedSectionReader reader, Rerender rerender)
{
    public async ValueTask<SectionOutcome> MoveAsync(WriteSession write, Input<SectionMoveInput> input, Preconditions preconditions)
    {
        if (input.Problem is { } problem)
            return write.Refused<SectionOutcome>(new SectionOutcome.Invalid(problem));

        var (from, to) = (SectionPath.Parse(input.Value.From), SectionPath.Parse(input.Value.To));
        var section = await write.FindPresentSectionAsync(from);
        var before = section is null ? null : await reader.FindAsync(write, from.Value, write.Now);
        if (section is not null && SectionOutcome.Refuse(preconditions, before) is { } stale)
            return write.Refused(stale);

        var above = to.Parent is { } parent ? await write.FindPresentSectionAsync(parent) : null;
        if (await RefuseAsync(write, section, from, to, above) is { } refusal)
            return write.Refused(refusal);
        if (from == to)
            return new SectionOutcome.Unchanged((await reader.FindAsync(write, to.Value, write.Now))!);

        await MoveAsync(write, section!, to, above);
        return new SectionOutcome.Updated((await reader.FindAsync(write, to.Value, write.Now))!, before!);
    }

    private static async ValueTask<SectionOutcome?> RefuseAsync(WriteSession write, SectionRow? section, SectionPath from, SectionPath to, SectionRow? above)
    {
        var unknown = new List<InputError>();
        if (section is null)
            unknown.Add(InputError.At("/from", "unknown-section", $"There is no section {from}."));
        if (to.Parent is not null && above is null && !(to.IsWithin(from) && to != from))
            unknown.Add(InputError.At("/to", "unknown-section", $"There is no section {to.Parent}. Make it first."));
        if (unknown.Count > 0)
            return new SectionOutcome.Invalid(Problems.InvalidContent(unknown));

        if (to != from && to.IsWithin(from))
            return new SectionOutcome.Conflict("A section cannot be moved below itself.");
        if (to != from && await write.FindPresentSectionAsync(to) is not null)
            return new SectionOutcome.Conflict($"There is a section {to} already.");

        return await DepthBelowAsync(write, from) + to.Slugs.Count > SectionPath.MaxLevels
            ? SectionOutcome.At("/to", "too-deep", $"Sections below it would stand deeper than {SectionPath.MaxLevels} levels.")
            : null;
    }

    private static async ValueTask<long> DepthBelowAsync(WriteSession write, SectionPath from) =>
        await write.FindAsync<long>(
            "select coalesce(max(length(path) - length(replace(path, '/', ''))), @depth) - @depth from section where path > @Value || '/' and path < @Value || '0'",
            new { from.Value, depth = from.Slugs.Count - 1 });

    private async ValueTask MoveAsync(WriteSession write, SectionRow section, SectionPath to, SectionRow? above)
    {
        var before = await write.ListUpwardsAsync(section.ParentId);
        var after = await write.ListUpwardsAsync(above?.Id ?? 0);
        var left = before.ExceptBy(after.Select(each => each.Id), each => each.Id).Select(each => Scope.SectionTree(each.Id)).ToList();
        var entered = after.ExceptBy(before.Select(each => each.Id), each => each.Id).Select(each => Scope.SectionTree(each.Id)).ToList();

        await write.MoveSectionAsync(section, to, above?.Id ?? 0);
        await write.MoveShownCountsAsync(Scope.SectionTree(section.Id), left, entered);
        var outermost = await write.MakeByHandAsync(section);

        await rerender.BeginAsync(write, Scope.SectionTree(section.Id), entered, left);
        // The names of those above were dropped, where only hidden articles had given any.
        if (outermost is not null && outermost.Id != section.Id)
            await rerender.BeginAsync(write, Scope.SectionTree(outermost.Id));
    }
}
