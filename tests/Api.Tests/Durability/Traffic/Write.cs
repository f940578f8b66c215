namespace Galley.Tests.Durability.Traffic;

/// <summary>One request of a pusher, and what is stored once it is applied.</summary>
internal sealed record Write(HttpMethod Method, string Target, object? Body, Take Wanted, bool IsLiveAfter)
{
    /// <summary>The articles that are all written or none, where it is one of several in a request; this is among them.</summary>
    public IReadOnlyList<string>? Together { get; init; }

    /// <summary>Whether sending it once more comes to the same.</summary>
    public bool IsRepeatable => Method != HttpMethod.Post;
}
