namespace Galley.Tests.History;

/// <summary>What an article says, as far as a history knows it. Sections and tags are the things themselves: they may be called otherwise later.</summary>
internal sealed record Content(string Language, int Words, int Story)
{
    public Section? Section { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public long? PublishedAt { get; init; }

    public long? EmbargoedUntil { get; init; }

    public long? ExpiresAt { get; init; }

    public long? BreakingUntil { get; init; }

    public string? Key { get; init; }

    public IReadOnlyList<Link> Related { get; init; } = [];

    public string Headline => $"Story {Story} in words {Words}";

    /// <summary>The tags as they are now, each once.</summary>
    public IReadOnlyList<Tag> PresentTags => [.. Tags.Select(tag => tag.Present).Where(tag => !tag.IsDeleted).Distinct()];

    /// <summary>The instant of publication, for what is published at <paramref name="now"/>.</summary>
    public long EffectiveAt(long now) => Math.Max(PublishedAt ?? now, EmbargoedUntil ?? long.MinValue);

    public bool IsAs(Content other) =>
        this with { Tags = [], Related = [] } == other with { Tags = [], Related = [] }
        && PresentTags.SequenceEqual(other.PresentTags) && Related.SequenceEqual(other.Related);
}

/// <summary>A related article: that of an id, or whichever has the sender's id of this number.</summary>
internal sealed record Link(int Story, string? Id);

/// <summary>What readers have, or will have, of an article.</summary>
internal sealed class Edition(Content content, int revision)
{
    public Content Content { get; } = content;

    public int Revision { get; set; } = revision;

    public bool IsMinor { get; init; }

    public long From { get; init; }

    /// <summary>When it ends by itself.</summary>
    public long Until { get; set; } = long.MaxValue;

    public string EndKind { get; set; } = "expired";

    public long PublishedAt { get; init; }

    public long? BreakingUntil { get; set; }
}

/// <summary>A revision, with what its sender wished.</summary>
internal sealed record Revision(Content Content, bool IsPublished);

internal sealed class Section(string slug, Section? parent)
{
    public string Slug { get; set; } = slug;

    public Section? Parent { get; set; } = parent;

    public bool IsByHand { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>Readers could know of it at some time.</summary>
    public bool IsKnown { get; set; }

    /// <summary>A key is limited to it.</summary>
    public bool IsKept { get; set; }

    public int? Words { get; set; }

    public string Path => Parent is null ? Slug : $"{Parent.Path}/{Slug}";

    public bool IsWithin(Section other) => this == other || Parent?.IsWithin(other) == true;

    public override string ToString() => Path;
}

internal sealed class Tag(string name)
{
    public string Name { get; } = name;

    public bool IsByHand { get; set; }

    public bool IsDeleted { get; set; }

    public int? Words { get; set; }

    /// <summary>Readers could know of it at some time.</summary>
    public bool IsKnown { get; set; }

    public Tag? MergedInto { get; set; }

    public Tag Present => MergedInto?.Present ?? this;

    /// <summary>Whether it is another, or was merged into it.</summary>
    public bool LeadsTo(Tag other) => this == other || MergedInto?.LeadsTo(other) == true;

    public override string ToString() => Name;
}
