using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Hostile;

/// <summary>Markup that was written to do harm: each text stands as it is, as often as it says, or with every value of a list in place of §.</summary>
internal static class MarkupVectors
{
    public static IReadOnlyList<(string Form, string Text)> All { get; } = Expand();

    private static List<(string Form, string Text)> Expand()
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Hostile", "markup-vectors.ndjson")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var lists = lines.Where(line => line.Has("values")).ToDictionary(line => line.Text("list"), line => line.GetProperty("values").EnumerateArray().Select(value => value.GetString()!).ToList(), StringComparer.Ordinal);

        return [.. lines.Where(line => line.Has("form")).SelectMany(line => Texts(line).Select(text => (line.Text("form"), text))).Distinct()];

        IEnumerable<string> Texts(JsonElement line) =>
            line.Has("list") ? lists[line.Text("list")].Select(value => line.Text("text").Replace("§", value, StringComparison.Ordinal))
            : [string.Concat(Enumerable.Repeat(line.Text("text"), line.Has("repeat") ? (int)line.Number("repeat") : 1))];
    }
}
