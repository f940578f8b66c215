namespace Galley.Tests.History;

/// <summary>Writes and transitions of articles (contract §4.1).</summary>
internal sealed partial class Model
{
    public Outcome Apply(Command.Push push, string? newId = null)
    {
        var story = Find(push.Story);
        if (story?.IsTakenDown == true)
            return new Outcome(409, "taken-down");
        if (push.ExpiresAt <= push.PublishedAt || push.ExpiresAt <= push.EmbargoedUntil)
            return new Outcome(422);

        // What is published keeps the instant that readers know, not that of a draft.
        var kept = (push.IsPublished ? story?.Live?.Content : null) ?? story?.Newest.Content;
        var content = new Content(push.Language, push.Words, push.Story)
        {
            PublishedAt = push.PublishedAt ?? kept?.PublishedAt,
            EmbargoedUntil = push.EmbargoedUntil,
            ExpiresAt = push.ExpiresAt,
            BreakingUntil = push.BreakingUntil,
            Key = push.Key,
            Related = LinksOf(push),
        };
        if (IsTaken(push.Story, content))
            return new Outcome(422);
        // What is unchanged names nothing new; what is refused makes nothing.
        if (Taxonomy.HasAll(push) && IsUnchanged(story, WithPlaces(content, push), push.IsPublished))
            return new Outcome(200, "unchanged", story);
        if (RefusalOf(story, content, push.IsPublished) is { } refusal)
            return refusal;

        content = WithPlaces(content, push);
        var isNew = story is null;
        if (story is null)
            _stories.Add(story = new Story(push.Story, _stories.Count) { Id = newId ?? string.Empty });
        Save(story, content, push.IsPublished, push.IsMinor);
        return new Outcome(isNew ? 201 : 200, isNew ? "created" : "updated", story);
    }

    /// <summary>What a push names as related: an article by the id it has now, or by its sender's. None to itself.</summary>
    public IReadOnlyList<Link> LinksOf(Command.Push push) =>
    [
        .. push.Related.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => (Slot: name[0] - '0', IsById: name.EndsWith('i')))
            .Where(named => named.Slot != push.Story)
            .Select(named => named.IsById ? new Link(-1, Find(named.Slot)?.Id ?? Nobody) : new Link(named.Slot, null)),
    ];

    /// <summary>The id of no article.</summary>
    public const string Nobody = "00000000-0000-4000-8000-000000000000";

    public Outcome Apply(Command.Publish publish)
    {
        if (Find(publish.Story) is not { } story)
            return new Outcome(404);
        if (story.IsTakenDown)
            return new Outcome(409, "taken-down");

        var content = story.Newest.Content;
        content = content with { ExpiresAt = publish.HasExpiry ? publish.ExpiresAt : content.ExpiresAt };
        if (story.Live is not null)
            content = content with { PublishedAt = content.PublishedAt ?? Now };
        else if (publish.At is { } wished)
            content = content with { PublishedAt = wished, EmbargoedUntil = content.EmbargoedUntil > wished ? null : content.EmbargoedUntil };
        else
            content = content with { PublishedAt = Math.Min(content.PublishedAt ?? Now, Now), EmbargoedUntil = content.EmbargoedUntil > Now ? null : content.EmbargoedUntil };
        if (content.ExpiresAt <= Math.Max(content.EffectiveAt(Now), publish.At ?? Now))
            return new Outcome(409, "state-conflict");
        if (IsPublishedAlready(story, content, publish.At))
            return new Outcome(200, "unchanged", story);

        story.UnpublishAt = null;
        story.Revisions.Add(new Revision(content, IsPublished: true));
        Place(story, publish.At ?? Now, isMinor: false);
        return new Outcome(200, "updated", story);
    }

    public Outcome Apply(Command.Unpublish unpublish)
    {
        if (Find(unpublish.Story) is not { } story)
            return new Outcome(404);

        var isNow = unpublish.At is null || unpublish.At <= Now;
        if (story.State == "unpublished" || (story.State == "live" && !isNow && story.UnpublishAt == unpublish.At))
            return new Outcome(200, "unchanged", story);
        if (story.State != "live" && !(story.State == "scheduled" && isNow))
            return new Outcome(409, story.IsTakenDown ? "taken-down" : "state-conflict");

        var (newest, count) = (story.Newest, story.Revisions.Count);
        story.Revisions.Add(isNow ? newest with { IsPublished = false } : newest);
        if (isNow)
        {
            Withdraw(story, "unpublished");
            return new Outcome(200, "updated", story);
        }

        story.Ahead = null;
        story.UnpublishAt = unpublish.At;
        if (story.Live!.Revision == count)
            story.Live.Revision++;
        End(story, story.Live.Content);
        return new Outcome(200, "updated", story);
    }

    public Outcome Apply(Command.Discard discard)
    {
        if (Find(discard.Story) is not { } story)
            return new Outcome(404);
        if (!story.HasDraft)
            return new Outcome(409, story.IsTakenDown ? "taken-down" : "state-conflict");

        story.Ahead = null;
        story.Revisions.Add(story.Revisions[story.Live!.Revision - 1]);
        story.Live.Revision = story.Revisions.Count;
        End(story, story.Live.Content);
        return new Outcome(200, "updated", story);
    }

    public Outcome Apply(Command.TakeDown takedown)
    {
        if (Find(takedown.Story) is not { } story)
            return new Outcome(404);
        if (story.State is "draft" or "taken-down")
            return new Outcome(409, story.IsTakenDown ? "taken-down" : "state-conflict");

        Withdraw(story, "takedown");
        story.IsTakenDown = true;
        story.Revisions.Add(story.Newest with { IsPublished = false });
        return new Outcome(200, "updated", story);
    }

    public Outcome Apply(Command.Delete delete)
    {
        if (Find(delete.Story) is not { } story)
            return new Outcome(404);
        if (story.IsTakenDown)
            return new Outcome(409, "taken-down");

        Withdraw(story, "deleted");
        story.IsDeleted = true;
        return new Outcome(204);
    }

    public Outcome Apply(Command.Correct correct)
    {
        if (Find(correct.Story) is not { } story)
            return new Outcome(404);
        if (story.IsTakenDown)
            return new Outcome(409, "taken-down");
        var text = $"Correction {correct.Words}";
        if (story.Corrections.Contains(text))
            return new Outcome(200, "unchanged", story);

        var before = story.Revisions.Count;
        story.Corrections.Add(text);
        story.Revisions.Add(story.Newest);
        foreach (var edition in new[] { story.Live, story.Ahead }.OfType<Edition>().Where(edition => edition.Revision == before))
            edition.Revision++;
        if (story.Live is null)
        {
            story.Seen = null;
            return new Outcome(200, "updated", story);
        }

        story.Version++;
        story.UpdatedAt = Math.Max(Now, story.UpdatedAt ?? 0);
        Log.Add(new Told("updated", story, Now, []));
        return new Outcome(200, "updated", story);
    }

    public Outcome Apply(Command.Restore restore)
    {
        if (Find(restore.Story) is not { } story)
            return new Outcome(404);
        if (story.IsTakenDown)
            return new Outcome(409, "taken-down");

        var old = story.Revisions[RevisionOf(restore, story) - 1].Content;
        var content = old with
        {
            PublishedAt = old.PublishedAt ?? story.Newest.Content.PublishedAt,
            Section = old.Section?.IsDeleted == true ? null : old.Section,
            Tags = old.PresentTags,
        };
        if (IsTaken(restore.Story, content))
            return new Outcome(422);
        if (IsUnchanged(story, content, isPublished: false))
            return new Outcome(200, "unchanged", story);
        if (RefusalOf(story, content, isPublished: false) is { } refusal)
            return refusal;

        Save(story, content, isPublished: false, isMinor: false);
        return new Outcome(200, "updated", story);
    }

    /// <summary>Which revision a restoring means.</summary>
    public static int RevisionOf(Command.Restore restore, Story story) => Math.Max(1, story.Revisions.Count - restore.Back);

    private Content WithPlaces(Content content, Command.Push push) => content with
    {
        Section = push.Section is null ? null : Taxonomy.GetSection(push.Section),
        Tags = [.. Taxonomy.TagsOf(push).Select(Taxonomy.GetTag).Distinct()],
    };

    // By its newest revision, or by what readers have or will have of it.
    private bool IsTaken(int slot, Content content) => content.Key is not null && _stories.Any(other =>
        other.Slot != slot && other.Source == Story.SourceOf(slot) && ContentsOf(other).Any(each => each.Key == content.Key && each.Language == content.Language));

    private static bool IsUnchanged(Story? story, Content content, bool isPublished) => story is not null
        && story.Newest.IsPublished == isPublished && (!isPublished || story.State is "live" or "scheduled" or "expired") && story.Newest.Content.IsAs(content);

    private Outcome? RefusalOf(Story? story, Content content, bool isPublished)
    {
        if (story?.Live is not null && (content.EffectiveAt(Now) > Now || content.ExpiresAt <= Now))
            return new Outcome(409, "state-conflict");

        return (content.PublishedAt ?? (isPublished ? Now : null)) is { } published && content.ExpiresAt <= published ? new Outcome(422) : null;
    }

    private void Save(Story story, Content content, bool isPublished, bool isMinor)
    {
        story.Revisions.Add(new Revision(content with { PublishedAt = content.PublishedAt ?? (isPublished ? Now : null) }, isPublished));
        if (isPublished)
            Place(story, Now, isMinor);
        else if (story.Live is null && story.Ahead is not null)
            Withdraw(story, "unpublished");
    }

    private bool IsPublishedAlready(Story story, Content content, long? at)
    {
        if (!story.Newest.IsPublished || !story.Newest.Content.IsAs(content))
            return false;
        if (story.Live is not null && !story.HasDraft && story.Ahead is null)
            return story.UnpublishAt is null;

        return (story.Live is null || at > Now) && story.Ahead is { } ahead && ahead.From == at && ahead.Revision == story.Revisions.Count;
    }

    // The newest revision goes where readers see it, at its instant but not before this one.
    private void Place(Story story, long at, bool isMinor)
    {
        var (content, live) = (story.Newest.Content, story.Live);
        story.Ahead = null;
        if (story.EndOf(content).At <= Now)
        {
            story.Rest = "expired";
            return;
        }

        if (live is not null && story.Seen?.IsAs(content) == true)
        {
            live.Revision = story.Revisions.Count;
            End(story, content);
            return;
        }

        var from = live is null ? Math.Max(content.EffectiveAt(Now), at) : at;
        var (until, kind) = story.EndOf(content);
        var edition = new Edition(content, story.Revisions.Count)
        {
            From = from,
            Until = until,
            EndKind = kind,
            IsMinor = isMinor,
            PublishedAt = content.EffectiveAt(Now),
            BreakingUntil = content.BreakingUntil,
        };
        if (from <= Now)
        {
            Appear(story, edition);
            return;
        }

        story.Ahead = edition;
        if (live is not null)
            End(story, live.Content);
    }

    private static void End(Story story, Content content) => (story.Live!.Until, story.Live.EndKind) = story.EndOf(content);

    private void Withdraw(Story story, string kind)
    {
        (story.Ahead, story.UnpublishAt) = (null, null);
        story.Rest = story.WasVisible ? "unpublished" : "draft";
        if (story.Live is not null)
            Disappear(story, kind);
    }
}
