namespace Galley.Tests.Architecture;

/// <summary>Who may see whom, by folder.</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData("Content", "Galley.Storage")]
    [InlineData("Content", "Galley.Publishing")]
    [InlineData("Content", "Galley.Http")]
    [InlineData("Content", "Microsoft.AspNetCore")]
    [InlineData("Content", "Dapper")]
    [InlineData("Storage", "Galley.Publishing")]
    [InlineData("Storage", "Galley.Http")]
    [InlineData("Storage", "Galley.Delivery")]
    [InlineData("Storage", "Galley.Manage")]
    [InlineData("Storage", "Microsoft.AspNetCore")]
    [InlineData("Publishing", "Galley.Http")]
    [InlineData("Publishing", "Galley.Delivery")]
    [InlineData("Publishing", "Galley.Manage")]
    [InlineData("Publishing", "Microsoft.AspNetCore")]
    [InlineData("Http", "Galley.Publishing")]
    [InlineData("Http", "Galley.Delivery")]
    [InlineData("Http", "Galley.Manage")]
    [InlineData("Http", "Galley.Keys")]
    [InlineData("Delivery", "Galley.Manage")]
    [InlineData("Manage", "Galley.Delivery")]
    [InlineData("Preview", "Galley.Manage")]
    [InlineData("Preview", "Galley.Delivery")]
    [InlineData("Manage", "Galley.Preview")]
    [InlineData("Delivery", "Galley.Preview")]
    [InlineData("Keys", "Galley.Manage")]
    [InlineData("Keys", "Galley.Delivery")]
    public void Stays_on_its_side(string folder, string forbidden) =>
        Assert.Empty(Source.Files(folder).Where(file => file.Uses(forbidden)).Select(file => file.Path));

    [Theory]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("SQLitePCL")]
    [InlineData("Npgsql")]
    public void Only_the_storage_of_an_engine_names_it(string engine) =>
        Assert.Empty(Source.Files().Where(file => file.Uses(engine) && !file.Path.StartsWith("src/Api/Storage/Sqlite/", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void Only_storage_runs_statements_through_Dapper() =>
        Assert.Empty(Source.Files().Where(file => file.Uses("using Dapper") && !file.Path.StartsWith("src/Api/Storage/", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void Conventions_have_no_sql() => Assert.Empty(Source.Files("Http").Where(file => file.Uses("select ") || file.Uses("insert into ")).Select(file => file.Path));

    [Theory]
    [InlineData("article")]
    [InlineData("revision")]
    [InlineData("article_key")]
    public void Delivery_asks_no_table_that_holds_drafts(string table) =>
        Assert.Empty(Source.Files("Delivery").Where(file => SqlText.Tables(file).Contains(table)).Select(file => file.Path));

    [Fact]
    public void Every_reading_of_an_edition_or_listing_by_delivery_is_under_the_predicate()
    {
        // What was visible once is asked by its beginning alone: that is how an address is known to be gone.
        var naked = Source.Files("Delivery")
            .SelectMany(file => SqlText.Statements(file).Select(sql => (file.Path, Sql: sql)))
            .Where(each => SqlText.TablesOf(each.Sql).Intersect(["edition", "listing"]).Any())
            .Where(each => !each.Sql.Contains("Visible.", StringComparison.Ordinal) && !each.Sql.Contains("from_at <= @now", StringComparison.Ordinal) && !each.Sql.Contains("@now", StringComparison.Ordinal));

        Assert.Empty(naked);
    }

    [Fact]
    public void Time_comes_from_the_clock_never_from_the_machine_or_from_sql() =>
        Assert.Empty(Source.Files().Where(file => new[] { "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "current_timestamp", "datetime(" }.Any(file.Uses)).Select(file => file.Path));
}
