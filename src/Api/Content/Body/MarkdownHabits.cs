namespace Galley.Content.Body;

/// <summary>What writers of Markdown do for want of a sign: a quotation ends in a line with a dash and its speaker, an address alone is an embed.</summary>
internal static class MarkdownHabits
{
    private const string Dash = "— ";

    public static Block Follow(Block block) => block switch
    {
        { Type: "quote", Attribution: null, SourceUrl: null } => Attributed(block),
        { Type: "paragraph", Marks: [{ Type: "link", Start: 0 } link] } when link.End == block.Text!.Length && block.Text == link.Href && EmbedProviders.Find(link.Href) is { } embed => embed,
        _ => block,
    };

    // In a conversation the line before has a dash too, and nobody is named.
    private static Block Attributed(Block quote)
    {
        var end = quote.Text!.LastIndexOf("\n\n", StringComparison.Ordinal);
        var from = end + 2 + Dash.Length;
        if (end <= 0 || !quote.Text.AsSpan(end + 2).StartsWith(Dash, StringComparison.Ordinal) || quote.Text.StartsWith('—') || quote.Text.Length - from is < 1 or > WebAddress.MaxLength)
            return quote;

        var name = quote.Text[from..];
        var links = (quote.Marks ?? []).Where(mark => mark.Type == "link" && mark.End > from).ToList();
        var source = links is [var only] && only.Start == from && only.End == quote.Text.Length ? WebAddress.Normalize(only.Href!) : null;
        if (name.Contains('\n', StringComparison.Ordinal) || links.Count != (source is null ? 0 : 1) || (name.Length > BlockRules.MaxLabel && name != source))
            return quote;

        var marks = (quote.Marks ?? []).Select(mark => mark with { End = Math.Min(mark.End, end) }).Where(mark => mark.Start < mark.End).ToList();
        return quote with { Text = quote.Text[..end], Marks = marks.Count == 0 ? null : marks, Attribution = name == source ? null : name, SourceUrl = source };
    }
}
