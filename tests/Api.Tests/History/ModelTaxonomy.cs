namespace Galley.Tests.History;

/// <summary>Sections and tags by hand (contract §4.2).</summary>
internal sealed partial class Model
{
    /// <summary>Articles that readers may be told of because a section or tag is called otherwise, or stands elsewhere.</summary>
    public HashSet<Story> Touched { get; } = [];

    public Outcome Apply(Command.PutSection put)
    {
        var cut = put.Path.LastIndexOf('/');
        var parent = cut < 0 ? null : Taxonomy.PresentSection(put.Path[..cut]);
        if (cut >= 0 && parent is null)
            return new Outcome(422);

        var present = Taxonomy.PresentSection(put.Path);
        var section = present ?? Taxonomy.AddSection(put.Path[(cut + 1)..], parent);
        Taxonomy.MakeByHand(section);
        section.Words = put.Words;
        Touch(story => story.Section?.IsWithin(Outermost(section)) == true);
        return new Outcome(present is null ? 201 : 200);
    }

    public Outcome Apply(Command.MoveSection move)
    {
        var cut = move.To.LastIndexOf('/');
        var (section, above) = (Taxonomy.PresentSection(move.From), cut < 0 ? null : Taxonomy.PresentSection(move.To[..cut]));
        if (section is null || (cut >= 0 && above is null && !move.To.StartsWith($"{move.From}/", StringComparison.Ordinal)))
            return new Outcome(422);
        if (move.From == move.To)
            return new Outcome(200);
        if (move.To.StartsWith($"{move.From}/", StringComparison.Ordinal) || Taxonomy.PresentSection(move.To) is not null)
            return new Outcome(409);

        Taxonomy.Move(section, move.To[(cut + 1)..], above);
        Touch(story => story.Section?.IsWithin(Outermost(section)) == true);
        return new Outcome(200);
    }

    public Outcome Apply(Command.DeleteSection delete)
    {
        if (Taxonomy.PresentSection(delete.Path) is not { } section)
            return new Outcome(404);
        if (section.IsKept || Taxonomy.Sections.Any(each => each.Parent == section) || Contents().Any(content => content.Section == section))
            return new Outcome(409);

        section.IsDeleted = true;
        return new Outcome(204);
    }

    public Outcome Apply(Command.PutTag put)
    {
        var isNew = Taxonomy.FindTag(put.Tag) is null;
        var tag = Taxonomy.GetTag(put.Tag);
        if (tag.Name != put.Tag)
            return new Outcome(409);

        (tag.IsByHand, tag.IsKnown, tag.Words) = (true, true, put.Words);
        Touch(content => content.PresentTags.Contains(tag));
        return new Outcome(isNew ? 201 : 200);
    }

    public Outcome Apply(Command.DeleteTag delete)
    {
        if (Taxonomy.FindTag(delete.Tag) is not { } tag || tag.Name != delete.Tag)
            return new Outcome(404);
        if (Contents().Any(content => content.PresentTags.Contains(tag)))
            return new Outcome(409);

        Taxonomy.Remove(tag);
        return new Outcome(204);
    }

    public Outcome Apply(Command.MergeTags merge)
    {
        var (from, into) = (Taxonomy.FindTag(merge.From), Taxonomy.FindTag(merge.Into));
        if (from is null || into is null)
            return new Outcome(422);
        if (merge.From == merge.Into || into.Name != merge.Into || (from.Name != merge.From && from != into))
            return new Outcome(409);
        if (from == into)
            return new Outcome(200);

        Touch(content => content.PresentTags.Contains(from) || content.PresentTags.Contains(into));
        from.MergedInto = into;
        foreach (var story in Visible)
            MakeKnown(story.Live!.Content);
        return new Outcome(200);
    }

    private static Section Outermost(Section section) => section.Parent is null ? section : Outermost(section.Parent);

    // What holds a section or tag.
    private IEnumerable<Content> Contents() => _stories.SelectMany(ContentsOf);

    // The newest revision, and what readers have or will have.
    private static IEnumerable<Content> ContentsOf(Story story) => story.IsDeleted || story.IsTakenDown ? []
        : new[] { story.Newest.Content, story.Live?.Content, story.Ahead?.Content }.OfType<Content>();

    private void Touch(Predicate<Content> isTouched)
    {
        foreach (var story in Visible.Where(story => isTouched(story.Live!.Content)).ToList())
        {
            Touched.Add(story);
            Touched.UnionWith(Showing(story, [story.Live!.Content.Key]));
        }
    }
}
