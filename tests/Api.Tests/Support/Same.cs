using Galley.Content;
using Galley.Content.Body;

namespace Galley.Tests.Support;

/// <summary>Compares bodies, ids aside, and shows how one came about.</summary>
internal static class Same
{
    public static void Blocks(IReadOnlyList<Block> expected, IReadOnlyList<Block> found, string written) => Assert.True(Text(expected) == Text(found), $"{written}\n\n{Text(expected)}\n\n{Text(found)}");

    private static string Text(IReadOnlyList<Block> blocks) => string.Join('\n', blocks.Select(block => ContentJson.WriteText(block with { Id = null })));
}
