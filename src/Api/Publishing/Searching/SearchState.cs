using Galley.Storage;

namespace Galley.Publishing.Searching;

/// <summary>How far the index is made, in rows that survive a stop.</summary>
internal static class SearchState
{
    public const string Analyzer = "analyzer";

    /// <summary>Down to where editions were read again.</summary>
    public const string Place = "place";

    /// <summary>How much of a sweep is left to do.</summary>
    public const string Unswept = "unswept";

    public static ValueTask<long> FindSearchStateAsync(this Session session, string name) =>
        session.FindAsync<long>("select value from search_state where name = @name", new { name });

    public static ValueTask<int> PutSearchStateAsync(this WriteSession write, string name, long value) =>
        write.ExecuteAsync("update search_state set value = @value where name = @name", new { name, value });
}
