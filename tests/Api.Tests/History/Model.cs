namespace Galley.Tests.History;

/// <summary>What a command must come to: its status, and for articles what it was.</summary>
internal sealed record Outcome(int Status, string? Word = null, Story? Story = null);

/// <summary>One thing that readers must be told. What shows the article is told in any order behind it.</summary>
internal sealed record Told(string Kind, Story Story, long At, IReadOnlyList<Story> Echoes);

/// <summary>A newsroom as the contract describes it, without storage, workers or documents.</summary>
internal sealed partial class Model
{
    private readonly List<Story> _stories = [];

    public long Now { get; private set; }

    public Taxonomy Taxonomy { get; } = new();

    public List<Told> Log { get; } = [];

    /// <summary>All that ever were.</summary>
    public IReadOnlyList<Story> Stories => _stories;

    /// <summary>Newest first.</summary>
    public IEnumerable<Story> Visible => _stories.Where(story => story.Live is not null).OrderByDescending(story => story.Live!.PublishedAt);

    public long NextDue => _stories.Min(story => (long?)story.NextDue) ?? long.MaxValue;

    public Story? Find(int slot) => _stories.LastOrDefault(story => story.Slot == slot && !story.IsDeleted);

    /// <summary>Turns the clock. What happens by itself happens in its order.</summary>
    public void TurnTo(long to)
    {
        while (NextDue <= to)
        {
            var story = _stories.Where(each => each.NextDue == NextDue).MinBy(each => each.Order)!;
            Now = story.NextDue;
            Settle(story);
        }

        Now = to;
    }

    /// <summary>Who shows an article: as a translation, or as related.</summary>
    public IEnumerable<Story> Showing(Story story, IReadOnlyCollection<string?> keys) => _stories.Where(each =>
        each != story && each.Live is { } live && live.Until > Now
        && ((each.Source == story.Source && live.Content.Key is { } key && keys.Contains(key)) || live.Content.Related.Any(link => IsOf(link, story))));

    /// <summary>Whom readers find related to it, in order.</summary>
    public IEnumerable<Story> RelatedOf(Story story) => story.Live!.Content.Related.SelectMany(link => _stories.Where(each => each.Live is not null && IsOf(link, each)));

    public IEnumerable<Story> TranslationsOf(Story story) => story.Live!.Content.Key is not { } key ? [] :
        _stories.Where(each => each != story && each.Source == story.Source && each.Live?.Content.Key == key).OrderBy(each => each.Live!.Content.Language, StringComparer.Ordinal);

    public bool Exists(Section section) => section.IsByHand || CountIn(section) > 0;

    public bool Exists(Tag tag) => tag.IsByHand || Visible.Any(story => story.Live!.Content.PresentTags.Contains(tag));

    public int CountIn(Section section) => Visible.Count(story => story.Live!.Content.Section?.IsWithin(section) == true);

    private static bool IsOf(Link link, Story story) => link.Id is { } id ? story.Id == id : story.Slot == link.Story && !story.IsDeleted;

    private void Settle(Story story)
    {
        if (story.Ahead is { } due && due.From <= Now)
        {
            story.Ahead = null;
            Appear(story, due);
        }
        else if (story.Live!.Until <= Now)
        {
            story.UnpublishAt = null;
            story.Rest = story.Live.EndKind;
            Disappear(story, story.Live.EndKind);
        }
        else
        {
            story.Live.BreakingUntil = null;
            Log.Add(new Told("breaking-ended", story, Now, []));
        }
    }

    private void Appear(Story story, Edition edition)
    {
        var before = story.Live;
        if (story.Seen?.IsAs(edition.Content) != true)
        {
            story.Version++;
            story.UpdatedAt = edition.IsMinor && story.WasVisible ? story.UpdatedAt : Now;
        }

        story.UpdatedAt = Math.Max(story.UpdatedAt ?? 0, edition.PublishedAt);
        story.FirstPublishedAt ??= edition.PublishedAt;
        (story.Live, story.Seen) = (edition, edition.Content);
        MakeKnown(edition.Content);
        if (edition.BreakingUntil <= Now)
            edition.BreakingUntil = null;

        string?[] keys = [before?.Content.Key, edition.Content.Key];
        var isAlike = before is not null && keys[0] == keys[1] && before.Content.Language == edition.Content.Language
            && before.Content.Section == edition.Content.Section && before.Content.Headline == edition.Content.Headline;
        Log.Add(new Told(before is null ? "published" : "updated", story, Now, isAlike ? [] : [.. Showing(story, keys)]));
    }

    private static void MakeKnown(Content content)
    {
        for (var section = content.Section; section is not null; section = section.Parent)
            section.IsKnown = true;
        foreach (var tag in content.PresentTags)
            tag.IsKnown = true;
    }

    private void Disappear(Story story, string kind)
    {
        var echoes = Showing(story, [story.Live!.Content.Key]).ToList();
        story.Live = null;
        Log.Add(new Told(kind, story, Now, echoes));
    }
}
