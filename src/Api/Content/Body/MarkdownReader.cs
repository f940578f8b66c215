using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;

namespace Galley.Content.Body;

/// <summary>Reads Markdown (CommonMark, with tables and strikethrough) into blocks, by way of the HTML it stands for. HTML inside is read as HTML is.</summary>
internal static class MarkdownReader
{
    // Each definition is compared with those before it.
    private const int MaxDefinitions = 5_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .Build();

    public static BodyReading Read(string markdown, string pointer)
    {
        if (HasTooManyOpenAddresses(markdown) || MarkdownBounds.IsTooDeep(markdown))
            return TooDeep(pointer);
        if (markdown.AsSpan().Count("]:") > MaxDefinitions)
            return new BodyReading([], [], new Fault(pointer, "too-many", $"At most {MaxDefinitions} definitions of links are allowed.", MaxDefinitions));

        try
        {
            var reading = HtmlReader.Read(ToHtml(markdown), pointer);
            return reading with { Blocks = [.. reading.Blocks.Select(MarkdownHabits.Follow)] };
        }
        catch (ArgumentException)
        {
            // So the library says that something is nested deeper than it goes.
            return TooDeep(pointer);
        }
    }

    /// <summary>The document as the library sees it.</summary>
    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    private static string ToHtml(string markdown)
    {
        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<LinkInlineRenderer>(new MarkdownLinkRenderer());
        renderer.Render(Parse(markdown));
        return html.ToString();
    }

    // At each "](" the library looks for the closing parenthesis as far as the paragraph goes: without a bound, 100 KB of "[a](" hold a core for seconds.
    private static bool HasTooManyOpenAddresses(string markdown)
    {
        var open = 0;
        for (var at = 0; at < markdown.Length && open <= HtmlFragment.MaxDepth; at++)
        {
            if (markdown[at] == '\\')
                at++;
            else if (markdown[at] == '\n' && at + 1 < markdown.Length && markdown[at + 1] is '\n' or '\r')
                open = 0;
            else if (markdown[at] == '(' && at > 0 && markdown[at - 1] == ']')
                open++;
            else if (markdown[at] == ')')
                open = Math.Max(0, open - 1);
        }

        return open > HtmlFragment.MaxDepth;
    }

    private static BodyReading TooDeep(string pointer) =>
        new([], [], new Fault(pointer, "too-deep", $"Elements are nested at most {HtmlFragment.MaxDepth} deep.", HtmlFragment.MaxDepth));
}
