namespace Galley.Tests.History;

/// <summary>The sections and tags of a history, present and former.</summary>
internal sealed class Taxonomy
{
    private readonly List<Section> _sections = [];
    private readonly List<(string Path, Section Section, bool IsPublic)> _former = [];
    private readonly Dictionary<string, Tag> _tags = new(StringComparer.Ordinal);

    public IEnumerable<Section> Sections => _sections.Where(section => !section.IsDeleted);

    /// <summary>How often a name or place was changed by hand.</summary>
    public int Changes { get; private set; }

    /// <summary>The section that a reader's key is limited to.</summary>
    public Section? Kept => _sections.FirstOrDefault(section => section.IsKept);

    public IEnumerable<Tag> Tags => _tags.Values;

    public Section? PresentSection(string path) => Sections.FirstOrDefault(section => section.Path == path);

    /// <summary>What stands at a path; or stood there last.</summary>
    public Section? FindSection(string path) => PresentSection(path) ?? _former.LastOrDefault(former => former.Path == path && !former.Section.IsDeleted).Section;

    /// <summary>The same for readers: what they never knew leads nowhere.</summary>
    public Section? FindPublicSection(string path) =>
        Sections.FirstOrDefault(section => section.Path == path && section.IsKnown) ?? _former.LastOrDefault(former => former.Path == path && former.IsPublic && !former.Section.IsDeleted).Section;

    public Tag? FindPublicTag(string name) => _tags.TryGetValue(name, out var tag) && tag.IsKnown ? tag.Present : null;

    public Tag Named(string tag) => _tags[tag];

    public Tag? FindTag(string name) => _tags.GetValueOrDefault(name)?.Present;

    public static IReadOnlyList<string> TagsOf(Command.Push push) => push.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether all that a push names is there.</summary>
    public bool HasAll(Command.Push push) => (push.Section is null || FindBelow(push.Section) is not null) && TagsOf(push).All(_tags.ContainsKey);

    /// <summary>The section at a path, made with those above it where there is none.</summary>
    public Section GetSection(string path)
    {
        if (FindSection(path) is { } found)
            return found;

        var cut = path.LastIndexOf('/');
        return AddSection(path[(cut + 1)..], cut < 0 ? null : GetSection(path[..cut]));
    }

    // Where nothing ever stood, what stands below that which its parents lead to.
    private Section? FindBelow(string path) => FindSection(path)
        ?? (path.LastIndexOf('/') is >= 0 and var cut && FindBelow(path[..cut]) is { } parent ? PresentSection($"{parent.Path}/{path[(cut + 1)..]}") : null);

    public Section AddSection(string slug, Section? parent)
    {
        var section = new Section(slug, parent);
        if (PresentSection(section.Path) is { } present)
            return present;

        _sections.Add(section);
        return section;
    }

    public Tag GetTag(string name)
    {
        if (!_tags.TryGetValue(name, out var tag))
            _tags.Add(name, tag = new Tag(name));

        return tag.Present;
    }

    public void Move(Section section, string slug, Section? parent)
    {
        foreach (var below in Sections.Where(each => each.IsWithin(section)).ToList())
            _former.Add((below.Path, below, below.IsKnown));

        Changes++;
        (section.Slug, section.Parent) = (slug, parent);
        MakeByHand(section);
    }

    public void Remove(Tag tag)
    {
        tag.IsDeleted = true;
        foreach (var name in _tags.Where(each => each.Value.Present == tag).Select(each => each.Key).ToList())
            _tags.Remove(name);
    }

    public static void MakeByHand(Section section)
    {
        for (var each = section; each is not null; each = each.Parent)
            (each.IsByHand, each.IsKnown) = (true, true);
    }
}
