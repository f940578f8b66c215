namespace Galley.Publishing;

/// <summary>What the workers have in common that nobody waits for.</summary>
internal static class Housekeeping
{
    /// <summary>How long they leave a server that has just started to its first callers.</summary>
    public static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(1);
}
