using System.Text;
using System.Text.Json;
using Galley.Content;
using Galley.Content.Body;
using Galley.Publishing.Rendering;

namespace Galley.Delivery.Articles;

/// <summary>Forms of a body, together.</summary>
[Flags]
internal enum BodyForms
{
    Blocks = 1,
    Html = 2,
    Markdown = 4,
    Text = 8,
}

/// <summary>Puts a stored article's body into the forms that were asked for, with a tag of its own. Everything else stays byte for byte.</summary>
internal sealed class BodyFormats(Renderer renderer)
{
    // What another build makes of the same blocks may differ, and nobody would count a version by hand.
    public static readonly string Build = typeof(BodyFormats).Module.ModuleVersionId.ToString();

    public static readonly IReadOnlyList<string> Names = ["blocks", "html", "markdown", "text"];

    public static BodyForms? Parse(string name) => Names.Contains(name) ? Enum.Parse<BodyForms>(name, ignoreCase: true) : null;

    public static string Write(BodyForms forms) => string.Join(',', Names.Where(name => forms.HasFlag(Parse(name)!.Value)));

    /// <summary>Made of the stored tag, so that a client that has these bytes is told so before they are made.</summary>
    public byte[] TagOf(ArticleAtHand article, BodyForms forms) =>
        forms == BodyForms.Blocks ? article.Tag : renderer.TagOf([.. article.Tag, .. Encoding.ASCII.GetBytes($"{Write(forms)} {Build}")]);

    public static IReadOnlyList<ReadOnlyMemory<byte>> Rewrite(IReadOnlyList<ReadOnlyMemory<byte>> parts, BodyForms forms)
    {
        var document = parts[0];
        var (start, end) = FindBody(document.Span);
        var blocks = ContentJson.Read<ArticleBody>(document.Span[start..end]).Blocks!;
        var body = ContentJson.Write(new ArticleBody
        {
            Blocks = forms.HasFlag(BodyForms.Blocks) ? blocks : null,
            Html = forms.HasFlag(BodyForms.Html) ? HtmlWriter.Write(blocks) : null,
            Markdown = forms.HasFlag(BodyForms.Markdown) ? MarkdownWriter.Write(blocks) : null,
            Text = forms.HasFlag(BodyForms.Text) ? PlainTextWriter.Write(blocks) : null,
        });

        return [document[..start], body, document[end..], .. parts.Skip(1)];
    }

    // The document may lack its end, where slots follow.
    private static (int Start, int End) FindBody(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document, isFinalBlock: false, state: default);
        reader.Read();
        while (reader.Read())
        {
            var isBody = reader.ValueTextEquals("body"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (!reader.TrySkip())
                break;
            if (isBody)
                return (start, (int)reader.BytesConsumed);
        }

        throw new JsonException("The stored article has no body.");
    }
}
