namespace Galley.Tests.Contract;

/// <summary>An address with parameters, such as <c>/v1/articles/{id}</c>; the last one may take several segments.</summary>
internal sealed class PathTemplate(string text, string? catchAll)
{
    private readonly string[] _segments = text.Split('/');

    public string Text { get; } = text;

    /// <summary>Routing takes the lowest: words before parameters, parameters before whatever is left, from the left.</summary>
    public string Rank => string.Concat(_segments.Select(segment => !segment.StartsWith('{') ? '0' : segment.Trim('{', '}') == catchAll ? '2' : '1'));

    /// <summary>The parameters' values in this address, decoded; null where the address has another form.</summary>
    public IReadOnlyDictionary<string, string>? Values(Uri address)
    {
        // Routing overlooks one slash at the end.
        var asked = (address.AbsolutePath is [.. var path, '/'] ? path : address.AbsolutePath).Split('/');
        if (catchAll is null ? asked.Length != _segments.Length : asked.Length < _segments.Length - 1)
            return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < _segments.Length; i++)
        {
            var name = _segments[i].Trim('{', '}');
            if (name == catchAll)
                values[name] = Uri.UnescapeDataString(string.Join('/', asked.Skip(i)));
            else if (_segments[i].StartsWith('{') && asked[i].Length > 0)
                values[name] = Uri.UnescapeDataString(asked[i]);
            else if (!_segments[i].Equals(Uri.UnescapeDataString(asked[i]), StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return values;
    }
}
