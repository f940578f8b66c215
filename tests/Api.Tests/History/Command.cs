namespace Galley.Tests.History;

/// <summary>One step of a history. Instants are milliseconds from its beginning; stories, sections and tags have names of their own in it.</summary>
internal abstract record Command
{
    /// <summary>A push by the sender's id, complete each time.</summary>
    public sealed record Push(int Story) : Command
    {
        public bool IsPublished { get; init; } = true;

        public bool IsMinor { get; init; }

        public string Language { get; init; } = "en";

        public int Words { get; init; }

        public string? Section { get; init; }

        public string Tags { get; init; } = string.Empty;

        public long? PublishedAt { get; init; }

        public long? EmbargoedUntil { get; init; }

        public long? ExpiresAt { get; init; }

        public long? BreakingUntil { get; init; }

        public string? Key { get; init; }

        /// <summary>Stories by number, each with `i` where it is named by its id.</summary>
        public string Related { get; init; } = string.Empty;
    }

    public sealed record Publish(int Story, long? At, long? ExpiresAt, bool HasExpiry) : Command;

    public sealed record Unpublish(int Story, long? At) : Command;

    public sealed record Discard(int Story) : Command;

    public sealed record TakeDown(int Story) : Command;

    public sealed record Delete(int Story) : Command;

    public sealed record Correct(int Story, int Words) : Command;

    /// <summary>Restores the revision so many before the newest.</summary>
    public sealed record Restore(int Story, int Back) : Command;

    public sealed record PutSection(string Path, int Words) : Command;

    public sealed record DeleteSection(string Path) : Command;

    public sealed record MoveSection(string From, string To) : Command;

    public sealed record PutTag(string Tag, int Words) : Command;

    public sealed record DeleteTag(string Tag) : Command;

    public sealed record MergeTags(string From, string Into) : Command;

    public sealed record Turn(long By) : Command;

    /// <summary>Turns the clock to the next instant at which something happens by itself, or this much beside it.</summary>
    public sealed record TurnToDue(int Beside) : Command;

    public sealed record Settle : Command;

    public sealed record Rerender : Command;

    public sealed record Cut : Command;

    /// <summary>A follower reads one page.</summary>
    public sealed record Page(int Follower) : Command;

    /// <summary>A follower reads until nothing follows.</summary>
    public sealed record Sync(int Follower) : Command;

    /// <summary>A follower's copy and token are kept as they are, to be brought up to date at the end.</summary>
    public sealed record KeepAside(int Follower) : Command;

    /// <summary>A write, with all public answers before and after it: where nobody may notice it, they are the same.</summary>
    public sealed record Watched(Command Write) : Command;

    /// <summary>Lists and counts are compared, which are right at once while a section or tag is carried into its articles; or everything, once that is done.</summary>
    public sealed record Look(bool IsWhole = true) : Command;
}
