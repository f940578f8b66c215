using System.Globalization;

namespace Galley.Content;

/// <summary>A filter by tags: <c>(place:iran|organisation:aiea),-event:cop31</c>. A leading hyphen binds closest, then the comma (and), then the bar (or).</summary>
internal abstract record TagExpression
{
    public const int MaxTags = 20;
    public const int MaxLevels = 4;

    public sealed record Tag(TagKey Key) : TagExpression;

    public sealed record Not(TagExpression Term) : TagExpression;

    public sealed record All(IReadOnlyList<TagExpression> Terms) : TagExpression;

    public sealed record Any(IReadOnlyList<TagExpression> Terms) : TagExpression;

    /// <summary>The tags that it names.</summary>
    public IEnumerable<TagKey> Named() => this switch
    {
        Tag(var key) => [key],
        Not(var term) => term.Named(),
        All(var terms) => terms.SelectMany(term => term.Named()),
        Any(var terms) => terms.SelectMany(term => term.Named()),
        _ => throw new System.Diagnostics.UnreachableException($"Unhandled expression {this}."),
    };

    /// <summary>The expression, or null with what is wrong and in which column, counted from 1.</summary>
    public static TagExpression? Parse(string text, out string? fault, out int column)
    {
        var parser = new Parser(text);
        var expression = parser.Read();
        (fault, column) = (parser.Fault, parser.Column);
        return fault is null ? expression : null;
    }

    /// <summary>Recursive descent over <c>any = all *("|" all)</c>, <c>all = term *("," term)</c>, <c>term = ["-"] (tag / "(" any ")")</c>.</summary>
    private sealed class Parser(string text)
    {
        private int _at;
        private int _tags;

        public string? Fault { get; private set; }

        public int Column { get; private set; }

        public TagExpression? Read()
        {
            var expression = ReadAny(1);
            if (Fault is null && _at < text.Length)
                Fail(text[_at] == ')' ? "a closing parenthesis has no opening one" : "expected a comma, a bar or the end");

            return expression;
        }

        private TagExpression? ReadAny(int level)
        {
            var terms = new List<TagExpression?> { ReadAll(level) };
            while (Fault is null && Take('|'))
                terms.Add(ReadAll(level));

            return Fault is not null ? null : terms.Count == 1 ? terms[0] : new Any([.. terms.OfType<TagExpression>()]);
        }

        private TagExpression? ReadAll(int level)
        {
            var terms = new List<TagExpression?> { ReadTerm(level) };
            while (Fault is null && Take(','))
                terms.Add(ReadTerm(level));

            return Fault is not null ? null : terms.Count == 1 ? terms[0] : new All([.. terms.OfType<TagExpression>()]);
        }

        private TagExpression? ReadTerm(int level)
        {
            var isNegated = Take('-');
            var term = Take('(') ? ReadGroup(level) : ReadTag();
            return term is null ? null : isNegated ? new Not(term) : term;
        }

        private TagExpression? ReadGroup(int level)
        {
            if (level >= MaxLevels)
                return Fail(string.Create(CultureInfo.InvariantCulture, $"at most {MaxLevels} levels are allowed"));

            var inner = ReadAny(level + 1);
            if (Fault is null && !Take(')'))
                return Fail("a parenthesis is not closed");

            return inner;
        }

        private TagExpression? ReadTag()
        {
            var start = _at;
            while (_at < text.Length && text[_at] is not (',' or '|' or '(' or ')'))
                _at++;

            if (!TagKey.TryParse(text[start.._at], out var key))
            {
                _at = start;
                return Fail("expected a tag such as place:syrie");
            }

            return ++_tags > MaxTags ? Fail(string.Create(CultureInfo.InvariantCulture, $"at most {MaxTags} tags are allowed")) : new Tag(key);
        }

        private bool Take(char c)
        {
            if (_at >= text.Length || text[_at] != c)
                return false;

            _at++;
            return true;
        }

        private TagExpression? Fail(string fault)
        {
            (Fault, Column) = (Fault ?? fault, Fault is null ? _at + 1 : Column);
            return null;
        }
    }
}
