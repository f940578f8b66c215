using System.Globalization;
using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Taxonomy;

/// <summary>What a sender calls a section: a path, or the names from the outermost section inward.</summary>
internal sealed record SectionWish(SectionPath? Path, IReadOnlyList<string>? Breadcrumb);

/// <summary>What a sender calls a tag: kind with slug, or kind with name. The pointer says where in the body it stands.</summary>
internal sealed record TagWish(string Pointer, string Kind, string? Slug, string? Name, string? Relation);

/// <summary>Which unknown sections and tags a push may make.</summary>
internal readonly record struct CreateMissing(bool Sections, bool Tags);

/// <summary>Finds what senders name, or makes it where they may and <paramref name="session"/> can write. One instance matches one article and collects its faults.</summary>
internal sealed class TaxonomyMatcher(Session session, CreateMissing createMissing, string language, Instant now)
{
    private readonly WriteSession? _write = session as WriteSession;
    private readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>The last section on the way to the one that was named, or that one itself; 0 where there is not even the first.</summary>
    public long ReachedSectionId { get; private set; }

    public async ValueTask<SectionUse?> MatchAsync(SectionWish? wish)
    {
        if (wish is null)
            return null;

        IReadOnlyList<string> names = wish.Breadcrumb ?? wish.Path!.Value.Slugs;
        var known = wish.Path is { } path ? await session.FindSectionAsync(path.Value) : null;
        if (known is not null)
        {
            ReachedSectionId = known.Id;
            return new SectionUse(known.Id, names);
        }

        SectionRow? section = null;
        foreach (var name in names)
        {
            ReachedSectionId = section?.Id ?? 0;
            var slug = wish.Path is null ? Slug.From(name) : name;
            var found = await FindLevelAsync(section, wish.Path is null ? name : null, slug);
            if (found is null && !createMissing.Sections)
            {
                var shown = section is null ? "at the top" : $"in {section.Path}";
                _faults.Add(new Fault("/section", "unknown-section", $"There is no section \"{name}\" {shown}. Make it first, or send createMissing=sections with a key that may."));
                return null;
            }

            if (found is null && _write is null)
                return null;

            section = found ?? await _write!.MakeSectionAsync(section, slug);
        }

        ReachedSectionId = section!.Id;
        return new SectionUse(section.Id, names);
    }

    public async ValueTask<IReadOnlyList<TagUse>> MatchAsync(IReadOnlyList<TagWish> wishes)
    {
        var uses = new List<TagUse>(wishes.Count);
        foreach (var wish in wishes)
        {
            if (await MatchAsync(wish) is { } tag && uses.All(use => use.Id != tag.Id))
                uses.Add(new TagUse(tag.Id, wish.Name, wish.Relation));
        }

        return uses;
    }

    private async ValueTask<SectionRow?> FindLevelAsync(SectionRow? parent, string? name, string slug)
    {
        var byName = name is null ? null : await session.FindSectionByNameAsync(parent?.Id ?? 0, name, slug, language, now);
        if (byName is not null)
            return byName;

        return await session.FindSectionAsync(parent is null ? slug : $"{parent.Path}/{slug}");
    }

    private async ValueTask<TagRow?> MatchAsync(TagWish wish)
    {
        var key = new TagKey(wish.Kind, wish.Slug ?? Slug.From(wish.Name!));
        var byName = wish.Slug is null ? await session.FindTagByNameAsync(wish.Kind, wish.Name!, key.Slug, language, now) : null;
        if (byName is not null)
            return byName;

        if (await session.FindTagAsync(key) is { } known)
            return known;

        if (createMissing.Tags)
            return _write is null ? null : await _write.MakeTagAsync(key);

        _faults.Add(new Fault(
            wish.Pointer,
            "unknown-tag",
            string.Create(CultureInfo.InvariantCulture, $"There is no tag {key}. Make it first, or send createMissing=tags with a key that may.")));
        return null;
    }
}
