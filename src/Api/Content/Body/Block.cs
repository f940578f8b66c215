namespace Galley.Content.Body;

/// <summary>One part of an article's body. <c>type</c> says which other members it has; readers show an unknown type by its <c>text</c>, or skip it.</summary>
internal sealed record Block : IMarkedText
{
    /// <summary>Names the block inside its article, and stays when other blocks change. Made by the server when absent.</summary>
    public string? Id { get; init; }

    /// <summary>What it is: `paragraph`, `heading`, `quote`, `list`, `table`, `code`, `embed`, `image`, `gallery`, `divider` or `correction`.</summary>
    public required string Type { get; init; }

    /// <summary>The text of a paragraph, heading, quote, code or correction; at most 20,000 UTF-16 code units.</summary>
    public string? Text { get; init; }

    /// <summary>Emphasis and links in `text`, sorted by start, then longest first.</summary>
    public IReadOnlyList<Mark>? Marks { get; init; }

    /// <summary>Of a heading: 2 to 4.</summary>
    public int? Level { get; init; }

    /// <summary>Of a quote: who said it.</summary>
    public string? Attribution { get; init; }

    /// <summary>Of a quote: where it was said, an absolute http or https URL.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>Of a correction: when it was made, RFC 3339 in UTC.</summary>
    public Instant? At { get; init; }

    /// <summary>Of a list: whether its items are numbered.</summary>
    public bool? Ordered { get; init; }

    /// <summary>Of a list: its items, two levels at most.</summary>
    public IReadOnlyList<ListItem>? Items { get; init; }

    /// <summary>Of a table: the cells of its heading row.</summary>
    public IReadOnlyList<TableCell>? Header { get; init; }

    /// <summary>Of a table: its rows, each a list of cells.</summary>
    public IReadOnlyList<IReadOnlyList<TableCell>>? Rows { get; init; }

    /// <summary>Of code: the programming language it is written in.</summary>
    public string? Language { get; init; }

    /// <summary>Of an embed: whose it is, such as `youtube`.</summary>
    public string? Provider { get; init; }

    /// <summary>Of an embed: an absolute http or https URL.</summary>
    public string? Url { get; init; }

    /// <summary>Of an embed: what to show where it cannot be embedded.</summary>
    public string? Title { get; init; }

    /// <summary>Of an image block: the image.</summary>
    public Image? Image { get; init; }

    /// <summary>Of a gallery: its images.</summary>
    public IReadOnlyList<Image>? Images { get; init; }
}

/// <summary>Emphasis or a link on a stretch of text.</summary>
internal sealed record Mark
{
    /// <summary>`strong`, `emphasis`, `underline`, `strike`, `superscript`, `subscript`, `code` or `link`.</summary>
    public required string Type { get; init; }

    /// <summary>Where it begins, in UTF-16 code units of the text.</summary>
    public required int Start { get; init; }

    /// <summary>Where it ends, exclusive, in UTF-16 code units of the text.</summary>
    public required int End { get; init; }

    /// <summary>Of a link: an absolute http, https or mailto URL.</summary>
    public string? Href { get; init; }
}

/// <summary>One item of a list.</summary>
internal sealed record ListItem : IMarkedText
{
    /// <summary>The item's text, at most 20,000 UTF-16 code units.</summary>
    public required string Text { get; init; }

    /// <summary>Emphasis and links in `text`.</summary>
    public IReadOnlyList<Mark>? Marks { get; init; }

    /// <summary>Items below this one; they have none of their own.</summary>
    public IReadOnlyList<ListItem>? Items { get; init; }
}

/// <summary>One cell of a table.</summary>
internal sealed record TableCell : IMarkedText
{
    /// <summary>The cell's text, at most 20,000 UTF-16 code units.</summary>
    public required string Text { get; init; }

    /// <summary>Emphasis and links in `text`.</summary>
    public IReadOnlyList<Mark>? Marks { get; init; }
}

/// <summary>A picture and what must be said with it. Only `url` is required.</summary>
internal sealed record Image
{
    /// <summary>Where the picture lies: an absolute http or https URL.</summary>
    public required string Url { get; init; }

    /// <summary>Its media type, such as `image/jpeg`.</summary>
    public string? ContentType { get; init; }

    /// <summary>In pixels.</summary>
    public int? Width { get; init; }

    /// <summary>In pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public long? Bytes { get; init; }

    /// <summary>What stands in place of the picture for those who do not see it.</summary>
    public string? Alt { get; init; }

    /// <summary>The text under the picture.</summary>
    public string? Caption { get; init; }

    /// <summary>Who made it or owns it.</summary>
    public string? Credit { get; init; }

    /// <summary>The point that no crop may lose.</summary>
    public FocalPoint? FocalPoint { get; init; }

    /// <summary>Other sizes or crops of the same picture.</summary>
    public IReadOnlyList<Rendition>? Renditions { get; init; }
}

/// <summary>A point of a picture, as fractions of its width and height from the upper left corner.</summary>
internal sealed record FocalPoint
{
    /// <summary>0 is the left edge, 1 the right one.</summary>
    public required double X { get; init; }

    /// <summary>0 is the upper edge, 1 the lower one.</summary>
    public required double Y { get; init; }
}

/// <summary>One size or crop of a picture.</summary>
internal sealed record Rendition
{
    /// <summary>Where it lies: an absolute http or https URL.</summary>
    public required string Url { get; init; }

    /// <summary>Its media type, such as `image/webp`.</summary>
    public string? ContentType { get; init; }

    /// <summary>In pixels.</summary>
    public int? Width { get; init; }

    /// <summary>In pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public long? Bytes { get; init; }
}
