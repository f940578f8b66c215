using System.Buffers;
using System.Text;
using Galley.Content;
using Galley.Delivery.Articles.Fields;
using Galley.Delivery.Search;
using Galley.Http;
using Galley.Publishing.Rendering;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>A page of a list as it is served. The parts are its bytes, unless something makes those of them.</summary>
internal sealed record ListAtHand(IReadOnlyList<ReadOnlyMemory<byte>> Parts, byte[] Tag, PageLinks Links)
{
    public Func<IReadOnlyList<ReadOnlyMemory<byte>>, IReadOnlyList<ReadOnlyMemory<byte>>>? Make { get; init; }

    /// <summary>Which of the parts are each article's.</summary>
    public IReadOnlyList<Range> Articles { get; init; } = [];

    /// <summary>What caches know the articles on it by.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];

    /// <summary>The nearest end that an article on it shows.</summary>
    public Instant? ShownEnd { get; init; }

    /// <summary>Whether articles were left out because all would be too many bytes.</summary>
    public bool IsCut { get; init; }

    public Dependencies DependsOn { get; init; } = Dependencies.Any;
}

/// <summary>Puts a page together: articles as they are stored, or later cut to a view of them and marked with what was looked for, and a tag made of their tags.</summary>
internal sealed class ListInTheMaking(ArticleView? cutTo, Highlighter? highlighter, int count)
{
    private static readonly byte[] Opening = "{\"data\":["u8.ToArray();

    private static readonly byte[] Comma = ","u8.ToArray();

    private readonly List<ReadOnlyMemory<byte>> _parts = new((3 * count) + 2) { Opening };
    private readonly List<Range> _articles = new(count);
    private readonly ArrayBufferWriter<byte> _tag = new();
    private readonly List<string> _shown = new(count);
    private Instant? _shownEnd;

    /// <summary>Adds an article, with what its own tag tells and what that does not.</summary>
    public void Add(IEnumerable<ReadOnlyMemory<byte>> article, byte[] tag, ReadOnlyMemory<byte> stored)
    {
        _tag.Write(tag);
        _shown.Add(ShownKeys.OfEntry(stored));
        if (_parts.Count > 1)
            _parts.Add(Comma);
        var first = _parts.Count;
        _parts.AddRange(article);
        _articles.Add(first.._parts.Count);
    }

    /// <summary>Has the tag tell what the last article's own does not.</summary>
    public void Mark(bool isBreaking, string? presentPath)
    {
        _tag.Write([isBreaking ? (byte)1 : (byte)0]);
        _tag.Write(Encoding.UTF8.GetBytes(presentPath ?? string.Empty));
    }

    /// <summary>Says that an article on the page shows when it ends.</summary>
    public void Shows(Instant end) => _shownEnd = _shownEnd is { } nearest ? Instant.Min(nearest, end) : end;

    /// <summary>The page, or, without links, all there is.</summary>
    public ListAtHand Finish(PageLinks? links, ReadOnlySpan<byte> configured, Renderer renderer)
    {
        var end = Encoding.UTF8.GetBytes(links is null ? "]}" : $"],\"page\":{links.ToJson()}}}");
        _parts.Add(end);
        _tag.Write(end);
        _tag.Write(configured);
        if (cutTo is not null)
            _tag.Write(Encoding.UTF8.GetBytes(cutTo.Identity));

        if (highlighter is not null)
            _tag.Write(Encoding.UTF8.GetBytes(highlighter.Identity));

        return new ListAtHand(_parts, renderer.TagOf(_tag.WrittenSpan), links ?? new PageLinks()) { Make = cutTo is null && highlighter is null ? null : Cut, Articles = _articles, ShownEnd = _shownEnd, Shown = _shown };
    }

    private List<ReadOnlyMemory<byte>> Cut(IReadOnlyList<ReadOnlyMemory<byte>> whole)
    {
        var parts = new List<ReadOnlyMemory<byte>>(whole.Count) { Opening };
        foreach (var range in _articles)
        {
            if (parts.Count > 1)
                parts.Add(Comma);
            IReadOnlyList<ReadOnlyMemory<byte>> article = [.. whole.Take(range)];
            var cut = cutTo?.Cut(article) ?? article;
            parts.AddRange(highlighter?.Add(cut) ?? cut);
        }

        parts.Add(whole[^1]);
        return parts;
    }
}
