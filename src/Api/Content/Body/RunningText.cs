using System.Globalization;
using System.Text;

namespace Galley.Content.Body;

/// <summary>Collects the text of one block as HTML runs it: white space collapses, and marks open and close on the way.</summary>
internal sealed class RunningText(DroppedElements dropped)
{
    private const int MaxCombining = 30;

    private readonly StringBuilder _text = new();
    private readonly List<Mark> _marks = [];
    private readonly List<OpenMark> _open = [];
    private bool _isSpaceDue;
    private readonly HashSet<string> _spaced = new(StringComparer.Ordinal);
    private bool _isMarkDue;
    private int _combining;

    /// <summary>Text for a place that is one line without marks; null where nothing is left of it.</summary>
    public static string? Label(string? text, DroppedElements dropped)
    {
        var running = new RunningText(dropped);
        running.Append(text ?? string.Empty);
        return running.Take().Text is { Length: > 0 } label ? PlainText.Normalize(label) : null;
    }

    public bool EndsInNewline => _text.Length > 0 && _text[^1] == '\n';

    /// <summary>Goes on with the marks that are open in another text.</summary>
    public static RunningText Within(RunningText outer, DroppedElements dropped)
    {
        var text = new RunningText(dropped);
        text._open.AddRange(outer._open.Select(open => new OpenMark(open.Type, open.Href)));
        text._isMarkDue = true;
        return text;
    }

    public void Open(string type, string? href = null)
    {
        _open.Add(new OpenMark(type, href));
        _isMarkDue = true;
    }

    public void Close()
    {
        Finish(_open[^1]);
        _open.RemoveAt(_open.Count - 1);
    }

    public void Break()
    {
        _isSpaceDue = false;
        NoteSpace();
        if (_text.Length > 0)
            _text.Append('\n');
    }

    /// <summary>Takes text as it stands in HTML.</summary>
    public void Append(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is ' ' or '\t' or '\n' or '\f' or '\r')
                SpaceIsDue();
            else if (MayHold(rune))
                Append(rune);
        }
    }

    /// <summary>Takes text in which white space counts.</summary>
    public void AppendAsItStands(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' || MayHold(rune))
                _text.Append(rune.ToString());
        }
    }

    /// <summary>What was collected, and begins anew under the same open marks.</summary>
    public (string Text, IReadOnlyList<Mark>? Marks) Take()
    {
        foreach (var open in _open)
            Finish(open);

        var text = _text.ToString().TrimEnd('\n');
        var marks = _marks.Select(mark => mark with { End = Math.Min(mark.End, text.Length) }).Where(mark => mark.Start < mark.End).ToList();
        _text.Clear();
        _marks.Clear();
        _spaced.Clear();
        (_isSpaceDue, _isMarkDue, _combining) = (false, true, 0);
        return (text, marks.Count == 0 ? null : marks);
    }

    private void Append(Rune rune)
    {
        if (_isSpaceDue && _text.Length > 0 && !EndsInNewline)
            _text.Append(' ');
        _isSpaceDue = false;

        // A mark begins with the first letter in it, not with the space before.
        if (_isMarkDue)
        {
            foreach (var open in _open.Where(open => open.Start < 0))
                (open.Start, open.GoesOn) = (_text.Length, _spaced.Contains(open.Type));
            _isMarkDue = false;
        }

        _spaced.Clear();

        Span<char> units = stackalloc char[2];
        _text.Append(units[..rune.EncodeToUtf16(units)]);
    }

    private void SpaceIsDue()
    {
        if (!_isSpaceDue)
            NoteSpace();
        _isSpaceDue = true;
    }

    // What spans a space goes on behind it, also where it is closed and opened there.
    private void NoteSpace()
    {
        foreach (var open in _open)
            _spaced.Add(open.Type);
    }

    // References such as &#1; make characters that could not be sent as such.
    private bool MayHold(Rune rune)
    {
        if (rune.Value is > 0x1F and < 0x7F)
        {
            _combining = 0;
            return true;
        }

        Span<char> units = stackalloc char[2];
        if (PlainText.FindFault(units[..rune.EncodeToUtf16(units)]) is not null)
        {
            dropped.Add("Characters that no text may hold");
            return false;
        }

        _combining = rune.Value >= 0x0300 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark ? _combining + 1 : 0;
        if (_combining <= MaxCombining)
            return true;

        dropped.Add($"Combining marks, more than {MaxCombining} in a row");
        return false;
    }

    // Inside a mark of the same type it says nothing new.
    private void Finish(OpenMark open)
    {
        var end = _text.Length;
        while (end > 0 && _text[end - 1] == '\n')
            end--;

        if (open.Start >= 0 && open.Start < end && open == _open.Find(other => other.Type == open.Type))
        {
            if (_marks.FindLastIndex(mark => mark.Type == open.Type) is >= 0 and var at && _marks[at].Href == open.Href && Touches(_marks[at], open))
                _marks[at] = _marks[at] with { End = end };
            else
                _marks.Add(new Mark { Type = open.Type, Start = open.Start, End = end, Href = open.Href });
        }

        open.Start = -1;
    }

    private bool Touches(Mark before, OpenMark open) =>
        before.End == open.Start || (open.GoesOn && before.End < open.Start && Enumerable.Range(before.End, open.Start - before.End).All(at => _text[at] is ' ' or '\n'));

    private sealed class OpenMark(string type, string? href)
    {
        public string Type { get; } = type;

        public string? Href { get; } = href;

        public int Start { get; set; } = -1;

        /// <summary>Whether one of its type stood on the space before it.</summary>
        public bool GoesOn { get; set; }
    }
}
