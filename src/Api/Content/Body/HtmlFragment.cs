using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Galley.Content.Body;

/// <summary>Parses a fragment of HTML into a tree that is neither too deep nor too large to walk.</summary>
internal static class HtmlFragment
{
    public const int MaxDepth = 64;
    public const int MaxElements = 50_000;

    /// <summary>The nodes of the fragment, or why it is not read.</summary>
    public static (INodeList? Nodes, Fault? Refusal) Parse(string html, string pointer)
    {
        var bounds = new Bounds(pointer);
        try
        {
            var parser = new HtmlParser(new HtmlParserOptions { SkipComments = true, OnCreated = (element, _) => bounds.Take(element) });
            return (parser.ParseFragment(html, new HtmlParser().ParseDocument(string.Empty).Body!), null);
        }
        catch (OutOfBoundsException exception)
        {
            return (null, exception.Refusal);
        }
    }

    // The parser looks through all open elements at each tag, so 250 KB of <div> hold a core for minutes. Throwing is the only way to stop it.
    private sealed class Bounds(string pointer)
    {
        private int _count;
        private IElement? _last;

        public void Take(IElement element)
        {
            if (++_count > MaxElements)
                throw new OutOfBoundsException(new Fault(pointer, "too-many", $"At most {MaxElements} elements are allowed.", MaxElements));

            // The new element is not in the tree yet; the one before it is.
            var depth = 0;
            for (INode? node = _last; node is not null; node = node.Parent)
                depth++;

            _last = depth <= MaxDepth ? element : throw new OutOfBoundsException(new Fault(pointer, "too-deep", $"Elements are nested at most {MaxDepth} deep.", MaxDepth));
        }
    }

    private sealed class OutOfBoundsException(Fault refusal) : Exception
    {
        public Fault Refusal { get; } = refusal;
    }
}
