using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Galley.Content.Body;

/// <summary>Hands addresses on as they were written, where the library would percent-encode them once more, and a picture's title as its caption.</summary>
internal sealed class MarkdownLinkRenderer : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline obj)
    {
        var url = obj.GetDynamicUrl?.Invoke() ?? obj.Url ?? string.Empty;
        if (!obj.IsImage)
        {
            renderer.Write("<a href=\"").WriteEscape(url).Write("\">");
            renderer.WriteChildren(obj);
            renderer.Write("</a>");
            return;
        }

        var isMarkup = renderer.EnableHtmlForInline;
        if (isMarkup)
            renderer.Write("<img src=\"").WriteEscape(url).Write("\" alt=\"");
        renderer.EnableHtmlForInline = false;
        renderer.WriteChildren(obj);
        renderer.EnableHtmlForInline = isMarkup;
        if (isMarkup)
            renderer.Write($"\" {HtmlImage.CaptionAttribute}=\"").WriteEscape(obj.Title ?? string.Empty).Write("\">");
    }
}
