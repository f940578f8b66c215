namespace Galley.Delivery;

/// <summary>What a reader finds under the name of a section or tag. Closed: every consumer switches over all of it.</summary>
internal abstract record Lookup<T>
{
    public sealed record Found(T Value) : Lookup<T>;

    /// <summary>It is called otherwise now.</summary>
    public sealed record Moved(string Present) : Lookup<T>;

    public sealed record Missing : Lookup<T>;
}
