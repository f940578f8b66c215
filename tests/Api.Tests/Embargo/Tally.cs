using System.Globalization;

namespace Galley.Tests.Embargo;

/// <summary>Counts what was asked, so that a detector that asks nothing cannot be taken for a quiet server.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, (int Pairs, int WithContent, int Hidden)> _byAddress = new(StringComparer.Ordinal);

    public int Pairs => _byAddress.Values.Sum(row => row.Pairs);

    public double ShareWithContent => (double)_byAddress.Values.Sum(row => row.WithContent) / Pairs;

    public double ShareHidden => (double)_byAddress.Values.Sum(row => row.Hidden) / Pairs;

    public int FewestPairs => _byAddress.Values.Min(row => row.Pairs);

    public void Count(Ask ask, Answer answer)
    {
        var row = _byAddress.GetValueOrDefault(ask.Address);
        _byAddress[ask.Address] = (row.Pairs + 1, row.WithContent + (answer.HasContent ? 1 : 0), row.Hidden + (ask.IsHidden ? 1 : 0));
    }

    public override string ToString() => string.Join('\n', _byAddress.Select(row => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Key,-32} {row.Value.Pairs,6} pairs {100 * row.Value.WithContent / row.Value.Pairs,4} % 2xx {100 * row.Value.Hidden / row.Value.Pairs,4} % hidden")));
}
