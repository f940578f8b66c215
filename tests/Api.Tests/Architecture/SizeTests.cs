using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Galley.Tests.Architecture;

/// <summary>Files and methods stay small enough to be read at one sitting. Prints the largest; fails on the hard limits.</summary>
public sealed partial class SizeTests(ITestOutputHelper output)
{
    private const int MaxFile = 400;
    private const int MaxMethod = 60;
    private const int MaxParameters = 7;

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        var sizes = Source.Files().Select(file => (file.Path, Lines: file.Lines.Count)).OrderByDescending(file => file.Lines).ToList();

        Print("file", [.. sizes.Select(file => (file.Path, file.Lines))]);
        Assert.Empty(sizes.Where(file => file.Lines > MaxFile));
    }

    [Fact]
    public void No_method_is_longer_than_a_screen()
    {
        var sizes = Source.Files().SelectMany(file => Methods(file)).OrderByDescending(method => method.Lines).ToList();

        Print("method", sizes);
        Assert.Empty(sizes.Where(method => method.Lines > MaxMethod));
    }

    [Fact]
    public void No_class_needs_more_parts_than_it_has_reason_for() =>
        Assert.Empty(Source.Files()
            .SelectMany(file => PrimaryConstructor().Matches(file.Text).Select(match => (file.Path, Name: match.Groups[2].Value, Parameters: match.Groups[3].Value.Split(',').Length)))
            .Where(each => each.Parameters > MaxParameters));

    private void Print(string what, IReadOnlyList<(string Name, int Lines)> sizes)
    {
        var sorted = sizes.Select(each => each.Lines).Order().ToList();
        output.WriteLine($"{sizes.Count} {what}s: median {sorted[sorted.Count / 2]}, p90 {sorted[sorted.Count * 9 / 10]}, max {sorted[^1]}");
        foreach (var (name, lines) in sizes.Take(5))
            output.WriteLine($"{lines,5} {name}");
    }

    // From a line that declares a member to the line that closes it, by indentation: the format check keeps that exact.
    private static IEnumerable<(string Name, int Lines)> Methods(Source file)
    {
        var lines = file.Lines;
        for (var i = 0; i < lines.Count; i++)
        {
            if (Declaration().Match(lines[i]) is not { Success: true } match)
                continue;

            var indent = match.Groups[1].Value;
            var end = i;
            while (end < lines.Count - 1 && !(end > i && (lines[end].StartsWith(indent + "}", StringComparison.Ordinal) || (lines[end - 1].EndsWith(';') && lines[end].Trim().Length == 0 && !lines[i].EndsWith('{')))))
                end++;

            yield return ($"{file.Path}: {match.Groups[2].Value}", end - i + 1);
        }
    }

    [GeneratedRegex(@"^(\s{4,8})(?:public|private|internal|protected)[^=;]*?\b(\w+)(?:<[\w, ]+>)?\([^;]*$")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(class|struct) (\w+)(?:<[^>]*>)?\(([^()]*(?:\([^()]*\)[^()]*)*)\)")]
    private static partial Regex PrimaryConstructor();
}
