namespace Galley.Tests.Support;

/// <summary>Names that no other test uses, so that tests share a server but never data.</summary>
public static class Own
{
    private static int Count;

    /// <summary>A section path of one level.</summary>
    public static string Section() => $"desk-{Interlocked.Increment(ref Count)}";

    /// <summary>A tag as <c>kind:slug</c>.</summary>
    public static string Tag(string kind = "keyword") => $"{kind}:topic-{Interlocked.Increment(ref Count)}";

    /// <summary>A word that can be a headline, a name or a slug.</summary>
    public static string Word(string word = "word") => $"{word}-{Interlocked.Increment(ref Count)}";
}
