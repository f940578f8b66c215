using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Galley.Tests.Embargo;

/// <summary>Two answers to one request that are not the same: somebody outside can tell that there is something hidden.</summary>
internal sealed partial record Difference(Ask Ask, IReadOnlyList<string> Places)
{
    private const int Around = 100;

    /// <summary>Where two answers differ, or null. The date and the name of the request in the log are nobody's secret.</summary>
    public static Difference? Between(Ask ask, Answer without, Answer with)
    {
        var places = new List<string>();
        if (without.Status != with.Status)
            places.Add(Place("status", without.Status.ToString(CultureInfo.InvariantCulture), with.Status.ToString(CultureInfo.InvariantCulture)));

        var (plain, hiding) = (HeadersOf(without), HeadersOf(with));
        if (!plain.SequenceEqual(hiding))
            places.Add(Place("headers", string.Join(" | ", plain.Except(hiding)), string.Join(" | ", hiding.Except(plain))));

        if (!without.Body.AsSpan().SequenceEqual(with.Body) && (TextOf(without), TextOf(with)) is var (left, right) && left != right)
        {
            var at = left.AsSpan().CommonPrefixLength(right);
            places.Add(Place($"body from character {at}", Excerpt(left, at), Excerpt(right, at)));
        }

        return places.Count == 0 ? null : new Difference(ask, places);
    }

    public override string ToString() => $"{Ask}\n{string.Join('\n', Places)}";

    private static string Place(string where, string without, string with) => $"{where} differ\n  without the hidden: {without}\n  with the hidden:    {with}";

    private static string Excerpt(string text, int at) => text[Math.Max(0, at - Around)..Math.Min(text.Length, at + Around)];

    private static IReadOnlyList<string> HeadersOf(Answer answer) => [.. answer.Headers.Where(line => !line.StartsWith("Date:", StringComparison.OrdinalIgnoreCase))];

    private static string TextOf(Answer answer) => TraceId().Replace(Encoding.UTF8.GetString(answer.Body), "\"traceId\":\"…\"");

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}
