using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Galley.Tool.Import;

/// <summary>The items of RSS, the entries of Atom and the posts of a WordPress archive, each as the line that would be written for it.</summary>
internal static class XmlFile
{
    public static async IAsyncEnumerable<FileItem> ReadAsync(Stream file, string? language, [EnumeratorCancellation] CancellationToken cancel)
    {
        var archive = WordPress.LookThrough(file, cancel);
        file.Position = 0;
        var feed = new FeedItems(language);
        var (number, before) = (0L, 0L);
        foreach (var (element, name) in XmlItems.Read(file))
        {
            cancel.ThrowIfCancellationRequested();
            if (name is not ("item" or "entry"))
            {
                feed.TakeHead(element);
                continue;
            }

            var length = file.Position - before;
            before = file.Position;
            yield return LineOf(element, archive, feed, language).At(++number, length);
        }

        await Task.CompletedTask;
    }

    // Without bytes it is too large.
    private static FileItem LineOf(XElement? element, WordPress? archive, FeedItems feed, string? language) =>
        element is null ? default : archive is null ? feed.LineOf(element) : archive.LineOf(element, language ?? feed.Language);
}
