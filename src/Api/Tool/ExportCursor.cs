using System.Text;

namespace Galley.Tool;

/// <summary>The lines of an export from where it goes on when it was cut.</summary>
internal static class ExportCursor
{
    // A line end is nowhere but between lines: inside JSON it is escaped.
    private static readonly byte[] Beginning = "\n{\"cursor\":\""u8.ToArray();
    private static readonly byte[] Ending = "\"}\n"u8.ToArray();

    /// <summary>The last one that is whole, and where it ends. Read from the end on: there are a few megabytes behind it at most.</summary>
    public static (string Text, long End)? FindLast(string path)
    {
        using var file = File.OpenRead(path);
        for (var length = Math.Min(file.Length, 256 * 1024); ; length = Math.Min(file.Length, length * 4))
        {
            var tail = new byte[length];
            file.Position = file.Length - length;
            file.ReadExactly(tail);
            if (FindLast(tail) is var (text, end))
                return (text, file.Length - length + end);
            if (length == file.Length)
                return null;
        }
    }

    private static (string Text, int End)? FindLast(ReadOnlySpan<byte> tail)
    {
        for (var rest = tail; rest.LastIndexOf(Beginning) is var at and >= 0; rest = rest[..at])
        {
            var text = at + Beginning.Length;
            // Cut inside the line where it does not end.
            if (tail[text..].IndexOf(Ending) is var length and >= 0)
                return (Encoding.ASCII.GetString(tail.Slice(text, length)), text + length + Ending.Length);
        }

        return null;
    }
}
