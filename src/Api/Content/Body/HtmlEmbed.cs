using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads what shows something of another house: a player in a frame, or a quoted post that a script would dress up.</summary>
internal static class HtmlEmbed
{
    /// <summary>How <see cref="HtmlWriter"/> marks the figure of an embed.</summary>
    public const string ProviderAttribute = "data-embed";

    private static readonly string[] PostClasses =
        ["twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed", "text-post-media", "fb-xfbml-parse-ignore"];

    // Pages that load frames late keep the address aside.
    private static readonly string[] FrameAttributes = ["src", "data-src", "data-lazy-src"];

    // Of a quotation in a quotation each level looks for its own.
    private const int MaxLinks = 20;

    private static readonly string[] AddressAttributes = ["cite", "data-instgrm-permalink", "data-text-post-permalink"];

    /// <summary>The embed that a frame holds; null where its address is on no list.</summary>
    public static Block? OfFrame(IElement frame)
    {
        var embed = FrameAttributes.Select(name => EmbedProviders.Find(frame.GetAttribute(name))).FirstOrDefault(found => found is not null);
        return embed is null ? null : embed with { Title = Label(frame.GetAttribute("title")) };
    }

    /// <summary>The embed of a quoted post, its text as the title; with the quotation before it where the text does not fit in a title. Null where it quotes no known post.</summary>
    public static IReadOnlyList<Block>? OfPost(IElement quotation, Func<IEnumerable<INode>, IReadOnlyList<Block>> read)
    {
        if (!PostClasses.Any(quotation.ClassList.Contains) || AddressesOf(quotation).Select(EmbedProviders.Find).FirstOrDefault(found => found is not null) is not { } embed)
            return null;

        var said = read(quotation.ChildNodes);
        var title = JoinedText.Of(said.Where(JoinedText.IsText), "\n").Text;
        return title.Length <= BlockRules.MaxLabel && said.All(JoinedText.IsText)
            ? [embed with { Title = title.Length == 0 ? null : PlainText.Normalize(title) }]
            : [.. HtmlQuote.Quotes(said, embed.Url), embed];
    }

    /// <summary>An embed as it is written here: a figure that names its provider, with one link.</summary>
    public static Block? OfFigure(IElement figure, IReadOnlyList<Block> inside) =>
        Label(figure.GetAttribute(ProviderAttribute)) is { } provider
        && inside is [{ Type: "paragraph", Text: { } text, Marks: [{ Type: "link", Start: 0, Href: { } href } link] }]
        && link.End == text.Length && text.Length <= BlockRules.MaxLabel + WebAddress.MaxLength && HtmlAddress.Web(href) is { } url
        && (text == href || text.Length <= BlockRules.MaxLabel) && EmbedProviders.MayHave(provider, url)
            ? new Block { Type = "embed", Provider = provider, Url = url, Title = text == href ? null : PlainText.Normalize(text) }
            : null;

    // The post itself is linked last, under its date.
    private static IEnumerable<string?> AddressesOf(IElement quotation) =>
        AddressAttributes.Select(quotation.GetAttribute).Concat(quotation.QuerySelectorAll("a[href]").TakeLast(MaxLinks).Select(link => link.GetAttribute("href")).Reverse());

    private static string? Label(string? text) => RunningText.Label(text, new DroppedElements()) is { Length: <= BlockRules.MaxLabel } label ? label : null;
}
