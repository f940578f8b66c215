namespace Galley.Content.Body;

/// <summary>A text as running markup shows it: white space collapses, and marks begin and end with what is seen. Empty lines are gone.</summary>
internal sealed class CollapsedText : INestedText
{
    private readonly RunningText _running = new(new DroppedElements());

    private CollapsedText()
    {
    }

    public static MarkedPart Of(IMarkedText text)
    {
        var collapsed = new CollapsedText();
        NestedMarks.Walk(text.Text!, text.Marks, collapsed);
        var (line, marks) = collapsed._running.Take();
        return new MarkedPart(line, marks is null ? null : [.. marks.OrderBy(mark => mark.Start).ThenByDescending(mark => mark.End)]);
    }

    void INestedText.Open(Mark mark) => _running.Open(mark.Type, mark.Href);

    void INestedText.Append(ReadOnlySpan<char> text)
    {
        var rest = text;
        for (var end = rest.IndexOf('\n'); end >= 0; end = rest.IndexOf('\n'))
        {
            _running.Append(rest[..end].ToString());
            if (!_running.EndsInNewline)
                _running.Break();
            rest = rest[(end + 1)..];
        }

        _running.Append(rest.ToString());
    }

    void INestedText.Close(Mark mark) => _running.Close();
}
