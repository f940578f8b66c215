namespace Galley.Tests.History;

/// <summary>An article as the contract has it: its revisions, what readers have of it, and what is ahead.</summary>
internal sealed class Story(int slot, int order)
{
    public int Slot { get; } = slot;

    /// <summary>Which was made first.</summary>
    public int Order { get; } = order;

    public int Source => SourceOf(Slot);

    public string Id { get; set; } = string.Empty;

    public List<Revision> Revisions { get; } = [];

    public Revision Newest => Revisions[^1];

    public Edition? Live { get; set; }

    public Edition? Ahead { get; set; }

    public long? UnpublishAt { get; set; }

    public bool IsTakenDown { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>The state of one that is neither live nor scheduled.</summary>
    public string Rest { get; set; } = "draft";

    public int Version { get; set; }

    public long? FirstPublishedAt { get; set; }

    public long? UpdatedAt { get; set; }

    /// <summary>What readers saw last; null also where a correction came since.</summary>
    public Content? Seen { get; set; }

    public List<string> Corrections { get; } = [];

    public bool WasVisible => FirstPublishedAt is not null;

    public bool HasDraft => Live is { } live && Revisions.Count > live.Revision;

    public string State => IsTakenDown ? "taken-down" : Live is not null ? "live" : Ahead is not null ? "scheduled" : Rest;

    public string Allowed => State switch
    {
        "draft" => "publish delete",
        "scheduled" => "publish unpublish takedown delete",
        "live" when HasDraft => "publish discard unpublish takedown delete",
        "live" => "publish unpublish takedown delete",
        "expired" or "unpublished" => "publish takedown delete",
        _ => string.Empty,
    };

    public static int SourceOf(int slot) => slot % 2;

    /// <summary>When something happens to it by itself.</summary>
    public long NextDue => new[] { Ahead?.From, Live?.Until, Live?.BreakingUntil }.Min() ?? long.MaxValue;

    /// <summary>When the content ends by itself, and as what.</summary>
    public (long At, string Kind) EndOf(Content content) =>
        UnpublishAt < (content.ExpiresAt ?? long.MaxValue) ? (UnpublishAt!.Value, "unpublished") : (content.ExpiresAt ?? long.MaxValue, "expired");
}
