using System.Text.RegularExpressions;

namespace Galley.Tests.Architecture;

/// <summary>The SQL in source files, found by the strings that begin like a statement.</summary>
internal static partial class SqlText
{
    public static IReadOnlyList<string> Statements(Source file) =>
        [.. Literals().Matches(file.Text).Select(match => match.Value).Where(text => Beginning().IsMatch(text))];

    public static IReadOnlyList<string> Tables(Source file) => [.. Statements(file).SelectMany(TablesOf).Distinct()];

    public static IReadOnlyList<string> TablesOf(string sql) => [.. TableNames().Matches(sql).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>What is interpolated into the SQL of a file.</summary>
    public static IReadOnlyList<string> Holes(string sql) => [.. Interpolations().Matches(sql).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("\\$?\"\"\"[\\s\\S]*?\"\"\"|\\$?\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex Literals();

    [GeneratedRegex("^\\$?\"+\\s*(select|insert|update|delete|with|create)\\s", RegexOptions.IgnoreCase)]
    private static partial Regex Beginning();

    [GeneratedRegex("\\b(?:from|join|into|update)\\s+([a-z_]+)")]
    private static partial Regex TableNames();

    [GeneratedRegex("\\{([^{}]+)\\}")]
    private static partial Regex Interpolations();
}
