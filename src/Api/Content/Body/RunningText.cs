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
    private bool _isMarkDue;
    private int _combining;

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
        if (_text.Length > 0)
            _text.Append('\n');
    }

    /// <summary>Takes text as it stands in HTML.</summary>
    public void Append(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is ' ' or '\t' or '\n' or '\f' or '\r')
                _isSpaceDue = true;
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
                open.Start = _text.Length;
            _isMarkDue = false;
        }

        Span<char> units = stackalloc char[2];
        _text.Append(units[..rune.EncodeToUtf16(units)]);
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
        if (open.Start >= 0 && open.Start < _text.Length && open == _open.Find(other => other.Type == open.Type))
        {
            if (_marks.FindLastIndex(mark => mark.Type == open.Type) is >= 0 and var at && _marks[at].End == open.Start && _marks[at].Href == open.Href)
                _marks[at] = _marks[at] with { End = _text.Length };
            else
                _marks.Add(new Mark { Type = open.Type, Start = open.Start, End = _text.Length, Href = open.Href });
        }

        open.Start = -1;
    }

    private sealed class OpenMark(string type, string? href)
    {
        public string Type { get; } = type;

        public string? Href { get; } = href;

        public int Start { get; set; } = -1;
    }
}
