using Dapper;
using Galley.Content;
using Galley.Storage.Sqlite;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Operation;

/// <summary>The schema grows by numbered scripts, and a file of any older build is brought up to this one.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<int> OlderSchemas() => [.. Enumerable.Range(0, Migrator.Scripts().Count)];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_script_serves_every_engine_or_one()
    {
        var files = Migrator.InOrder(["migrations/0002_b.sqlite.sql", "migrations/0003_c.sql", "migrations/0002_b.postgres.sql", "migrations/0001_a.sql", "other/0001_a.sql"]);

        Assert.Equal([(1, "0001_a"), (2, "0002_b"), (3, "0003_c")], files.Select(file => (file.Number, file.Name)));
        Assert.Equal(["migrations/0001_a.sql", "migrations/0002_b.sqlite.sql", "migrations/0003_c.sql"], files.Select(file => file.Resource));
    }

    [Theory]
    [InlineData("0003_c.sql", "0001_a.sql", "0003_c.sql")]
    [InlineData("0002_b.sql", "0002_b.sql")]
    [InlineData("0000_a.sql", "0000_a.sql", "0001_b.sql")]
    [InlineData("0002_c.sql", "0001_a.sql", "0002_b.sql", "0002_c.sql")]
    [InlineData("0002_b.sqlite.sql", "0001_a.sql", "0002_b.sqlite.sql", "0002_b.sql")]
    [InlineData("0003_c.sql", "0001_a.sql", "0002_b.postgres.sql", "0003_c.sql")]
    public void No_number_is_left_out_or_given_twice(string misplaced, params string[] names)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Migrator.InOrder(names.Select(name => $"migrations/{name}")));

        Assert.Equal($"migrations/{misplaced} leaves out a number, or has one that another script has.", exception.Message);
    }

    [Theory]
    [InlineData("1_a.sql")]
    [InlineData("0001-a.sql")]
    [InlineData("0001_a.SQL")]
    [InlineData("0001_a.sqlite.3.sql")]
    [InlineData("readme.sql")]
    public void A_script_whose_name_tells_no_number_is_a_mistake(string name) =>
        Assert.Equal($"migrations/{name} is not named like 0001_name.sql or 0001_name.sqlite.sql.", Assert.Throws<InvalidOperationException>(() => Migrator.InOrder([$"migrations/{name}"])).Message);

    [Fact]
    public void Every_script_of_the_source_is_in_the_build() =>
        Assert.Equal(
            Architecture.Source.Files("Storage/Migrations", "*.sql").Select(file => Path.GetFileName(file.Path).Split('.')[0]),
            Migrator.Scripts().Select(script => script.Name));

    [Theory]
    [MemberData(nameof(OlderSchemas))]
    public async Task A_file_of_an_older_schema_is_brought_up_and_keeps_what_it_holds(int schema)
    {
        var (older, newer) = (_directory.File("older.db"), _directory.File("newer.db"));
        Make(older, schema);
        Make(newer, Migrator.Scripts().Count);
        if (schema > 0)
            Run(older, connection => connection.Execute("insert into secret (name, value) values ('kept', x'0102')"));

        using var server = await ServerProcess.StartAsync(older);
        var pushed = await server.SendAsync(HttpMethod.Put, "/v1/manage/sources/wire/articles/first?createMissing=sections,tags", Given.Article().Build());

        Assert.Equal(201, pushed.Status);
        Assert.Equal(Schema(newer), Schema(older));
        Assert.Equal(schema > 0 ? 1 : 0, Run(older, connection => connection.ExecuteScalar<long>("select count(*) from secret where name = 'kept'")));
    }

    private static void Make(string path, int schema) => Run(path, connection =>
    {
        connection.Execute("pragma application_id = 0x47414C4C");
        Migrator.Migrate(connection, new Instant(0), [.. Migrator.Scripts().Take(schema)]);
        return schema;
    });

    private static List<string> Schema(string path) => Run(path, connection =>
        connection.Query<string>("select sql from sqlite_schema where sql is not null union all select number || name || checksum from migration order by 1").ToList());

    private static T Run<T>(string path, Func<SqliteConnection, T> run)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return run(connection);
    }
}
