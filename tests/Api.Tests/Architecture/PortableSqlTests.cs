using System.Text.RegularExpressions;

namespace Galley.Tests.Architecture;

/// <summary>SQL outside the engine's own folder is the subset that both engines understand, and is made of constants only.</summary>
public sealed partial class PortableSqlTests
{
    private static readonly string[] Banned =
        ["insert or ", "replace into", "last_insert_rowid", "autoincrement", " ilike ", "select *", "->>", "json_extract", "offset ", "now()", "group_concat", " glob ", "ifnull(", "rowid", "pragma "];

    [Fact]
    public void Uses_no_word_that_one_engine_lacks()
    {
        var statements = Outside().ToList();

        Assert.NotEmpty(statements);
        Assert.Empty(statements.Where(each => Banned.Any(word => each.Sql.Contains(word, StringComparison.OrdinalIgnoreCase))));
    }

    [Fact]
    public void Puts_only_constants_into_the_text_of_a_statement()
    {
        var holes = Outside().SelectMany(each => SqlText.Holes(each.Sql).Select(hole => (each.Path, Hole: hole))).ToList();

        Assert.NotEmpty(holes);
        Assert.Empty(holes.Where(each => !IsConstant().IsMatch(each.Hole)));
    }

    [Fact]
    public void Never_binds_a_bare_limit() =>
        // SQLite prepares the statement again at each run when a bound limit changes; "+ 0" keeps it from looking.
        Assert.Empty(Outside().Where(each => BareLimit().IsMatch(each.Sql)));

    private static IEnumerable<(string Path, string Sql)> Outside() =>
        Source.Files().Where(file => !file.Path.StartsWith("src/Api/Storage/Sqlite/", StringComparison.Ordinal)).SelectMany(file => SqlText.Statements(file).Select(sql => (file.Path, sql)));

    // A constant begins with a capital; a choice between two literals, the way of a walk, a list of conditions that are literals, a scope's number are made of such.
    [GeneratedRegex(@"^([A-Z][A-Za-z]*(\.[A-Z][A-Za-z]*)?(\(\d\)\.Packed( - [A-Z][A-Za-z]*\.[A-Z][A-Za-z]*\(\d\)\.Packed)?)?|among|string\.Join\("" and "", conditions\)|way\.(Beyond|Order)|\(start\.IsBackward \? ""[a-z., ]+"" : ""[a-z., ]+""\))$")]
    private static partial Regex IsConstant();

    [GeneratedRegex(@"limit @\w+\b(?!\s*\+)")]
    private static partial Regex BareLimit();
}
