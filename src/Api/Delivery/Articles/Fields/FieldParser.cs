using Galley.Http;

namespace Galley.Delivery.Articles.Fields;

/// <summary>What is wrong with the value of <c>fields</c>, and in which column, counted from 1.</summary>
internal readonly record struct FieldFault(int Column, string Rule, string? Suggestion = null);

/// <summary>Reads <c>fields = field *("," field)</c>, <c>field = name ["(" fields ")"]</c>. Wrong names are told all at once; where the form is broken reading ends.</summary>
internal sealed class FieldParser
{
    public const int MaxFields = 100;
    public const int MaxLevels = 4;

    private const string Summary = "summary";
    private const string Whole = "whole";

    // What may stand outside all parentheses: the fields, and names for many of them.
    private static readonly FieldShape Outermost = FieldShape.Article with { Inner = [new(Summary, []), new(Whole, []), .. FieldShape.Article.Inner] };

    private readonly string _text;
    private readonly List<FieldFault> _faults = [];
    private int _at;
    private int _fields;
    private bool _isBroken;

    private FieldParser(string text) => _text = text;

    /// <summary>The selection, or null with what is wrong.</summary>
    public static FieldSelection? Parse(string text, out IReadOnlyList<FieldFault> faults)
    {
        var parser = new FieldParser(text);
        var named = parser.ReadFields(Outermost, 1);
        if (!parser._isBroken && parser._at < text.Length)
            parser.Break(text[parser._at] == ')' ? "closes a parenthesis that is not open" : "has no comma where one is expected");

        faults = parser._faults;
        return faults.Count > 0 ? null : FieldSelection.Of(FieldShape.Article, Spread(named));
    }

    // A field that is named beside a preset comes as it is named.
    private static Dictionary<string, FieldSelection?> Spread(Dictionary<string, FieldSelection?> named)
    {
        var names = (named.Remove(Summary) ? FieldSelection.Summary.Names : []).Concat(named.Remove(Whole) ? FieldSelection.Whole.Names : []).ToList();
        foreach (var name in names)
            named.TryAdd(name, null);

        return named;
    }

    // Without a shape it is read past only, inside something that is wrong already.
    private Dictionary<string, FieldSelection?> ReadFields(FieldShape? shape, int level)
    {
        var named = new Dictionary<string, FieldSelection?>(StringComparer.Ordinal);
        do
            ReadField(shape, named, level);
        while (!_isBroken && Take(','));

        return named;
    }

    private void ReadField(FieldShape? shape, Dictionary<string, FieldSelection?> named, int level)
    {
        var begin = _at;
        while (_at < _text.Length && _text[_at] is not (',' or '(' or ')'))
            _at++;

        var name = _text[begin.._at];
        if (name.Length == 0)
            Break("names no field here");
        else if (++_fields > MaxFields)
            Break($"takes at most {MaxFields} names");
        if (_isBroken)
            return;

        var field = shape?.Find(name);
        if (shape is not null && field is null)
            Fail(begin, $"names {name}, which is no field of {OwnerOf(shape)}", Suggestion.For(name, shape.Inner.Select(known => known.Name)));

        var inner = Take('(') ? ReadInner(field, begin, level) : null;
        if (field is not null && !named.TryAdd(name, inner))
            Fail(begin, $"names {name} twice");
    }

    private FieldSelection? ReadInner(FieldShape? field, int begin, int level)
    {
        var hasInner = field is { Inner.Count: > 0 };
        if (field is not null && !hasInner)
            Fail(begin, field.Name == FieldShape.Body ? "takes body whole; its members are chosen by format" : $"cannot choose from {field.Name}, which has no fields of its own");
        if (level == MaxLevels)
            Break($"has more than {MaxLevels} levels");
        if (_at < _text.Length && _text[_at] == ')')
            Break("has nothing between parentheses");
        if (_isBroken)
            return null;

        var named = ReadFields(hasInner ? field : null, level + 1);
        if (!_isBroken && !Take(')'))
            Break(_at == _text.Length ? "has a parenthesis that is not closed" : "has no comma where one is expected");

        return hasInner ? FieldSelection.Of(field!, named) : null;
    }

    private static string OwnerOf(FieldShape shape) => shape == Outermost ? "an article" : shape.Name;

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
            return false;

        _at++;
        return true;
    }

    private void Fail(int at, string rule, string? suggestion = null) => _faults.Add(new FieldFault(at + 1, rule, suggestion));

    private void Break(string rule)
    {
        if (!_isBroken)
            Fail(_at, rule);
        _isBroken = true;
    }
}
