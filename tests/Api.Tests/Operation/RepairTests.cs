using Dapper;
using Galley.Publishing.Rebuilding;
using Galley.Storage.Sqlite;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Galley.Tool;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Operation;

/// <summary>What readers have is made again from the revisions, as it was; what the newsroom itself has lost is not made up.</summary>
public sealed class RepairTests(DatabaseInvariantsTests.Made made) : IClassFixture<DatabaseInvariantsTests.Made>, IDisposable
{
    // All that readers have, and what the newsroom knows of it.
    private static readonly string[] Tables =
    [
        "article", "article_key", "edition", "card", "listing", "reference", "edition_address", "article_address", "article_slug", "article_stand", "gone", "scope_shown", "transition", "working_scope", "revision",
    ];

    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory.File("galley.db");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("delete from change where seq = 1")]
    [InlineData("update counter set value = value + 1 where name = 'seq'")]
    [InlineData("update counter set value = 1 where name = 'id'")]
    [InlineData("delete from article_key")]
    [InlineData("update edition set revision = 99 where from_at < 1768468800000")]
    [InlineData("update edition set article_id = 4711")]
    [InlineData("update edition set article_id = (select min(article_id) from edition)")]
    [InlineData("delete from card")]
    [InlineData("insert into card values (7, 0, x'00', x'00')")]
    [InlineData("delete from reference")]
    [InlineData("update reference set position = position + 2")]
    [InlineData("delete from edition_address")]
    [InlineData("delete from article_address")]
    [InlineData("update article set shown_position = null")]
    [InlineData("delete from article_slug where is_current = 1")]
    [InlineData("update article_slug set is_current = 0")]
    [InlineData("delete from article_stand where public_id in (select public_id from edition)")]
    [InlineData("update change set kind = 'unpublished'")]
    [InlineData("update article set version = version + 1 where shown_position is not null")]
    [InlineData("delete from gone")]
    [InlineData("insert into gone select public_id, 'expired', 0 from edition where from_at < 1768468800000")]
    [InlineData("delete from transition")]
    [InlineData("update transition set due_at = due_at + 1")]
    [InlineData("insert into search (search) values ('delete-all')")]
    [InlineData("delete from search where rowid = (select max(position) from edition)")]
    [InlineData("insert into search (rowid, body) select position, 'word' from edition")]
    [InlineData("insert into search (rowid, body) values (7, 'word')")]
    [InlineData("update edition set document = cast(replace(cast(document as text), 'paragraph of', 'of paragraph') as blob)")]
    [InlineData("update edition set document = x'00'")]
    [InlineData("update edition set etag = x'00'")]
    [InlineData("update edition set headline = 'Another', section_id = 0, scopes = x'0010'")]
    [InlineData("update card set card = x'00'")]
    [InlineData("delete from listing where scope = 0")]
    [InlineData("update listing set until_at = until_at - 1")]
    [InlineData("insert into listing select 4711, position, language_id, from_at, until_at from edition")]
    [InlineData("update scope_shown set articles = articles + 1")]
    [InlineData("delete from scope_shown")]
    [InlineData("delete from working_scope")]
    [InlineData("insert into working_scope select 4711, id from article where shown_position is not null")]
    public async Task Makes_again_what_was_there(string damage)
    {
        Break(damage);
        var violations = DatabaseInvariants.Violations(DatabasePath);
        Assert.NotEmpty(violations);

        await RebuildAsync(violations);

        DatabaseInvariants.AssertHold(DatabasePath);
        var (expected, repaired) = (Dump(made.Path), Dump(DatabasePath));
        foreach (var table in Tables)
            Assert.True(expected[table].SequenceEqual(repaired[table]), $"{table}:\n{string.Join('\n', expected[table].Except(repaired[table]))}\nis now\n{string.Join('\n', repaired[table].Except(expected[table]))}");
    }

    [Theory]
    [InlineData("delete from edition")]
    [InlineData("delete from edition where position in (select shown_position from article)")]
    [InlineData("update edition set from_at = from_at + (1 << 40) where position in (select shown_position from article)")]
    [InlineData("delete from edition; delete from listing; delete from card; delete from article_slug; delete from change")]
    public async Task Shows_again_what_readers_saw_and_will_see(string damage)
    {
        Break(damage);

        await RebuildAsync(DatabaseInvariants.Violations(DatabasePath));

        DatabaseInvariants.AssertHold(DatabasePath);
        Assert.Equal(Shown(made.Path), Shown(DatabasePath));
    }

    [Fact]
    public async Task Touches_no_row_of_what_is_sound()
    {
        Break("select 1");

        await RebuildAsync([]);

        var (expected, repaired) = (Dump(made.Path), Dump(DatabasePath));
        Assert.All(Tables, table => Assert.Equal(expected[table], repaired[table]));
    }

    [Theory]
    [InlineData("delete from revision where number = 1")]
    [InlineData("update revision set source_id = 4711; delete from card")]
    [InlineData("update language set id = 7")]
    public async Task Changes_nothing_where_the_newsrooms_own_is_lost(string damage)
    {
        Break(damage);
        var before = await File.ReadAllBytesAsync(DatabasePath);

        var tool = await Executable.RunAsync("check", "--repair", $"--Galley:Database={DatabasePath}");

        Assert.Equal((65, "Part of this is lost in the newsroom's own data, and nothing else in the file can make up for it. Nothing was changed: restore a backup."), (tool.ExitCode, tool.Error.TrimEnd()));
        Assert.NotEmpty(tool.Out);
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabasePath));
    }

    [Fact]
    public async Task Is_asked_for_and_says_what_was_wrong()
    {
        Break("delete from card; delete from listing where scope = 0");

        Assert.Equal(65, (await Executable.RunAsync("check", $"--Galley:Database={DatabasePath}")).ExitCode);
        var repaired = await Executable.RunAsync("check", "--repair", $"--Galley:Database={DatabasePath}");
        var again = await Executable.RunAsync("check", "--repair", $"--Galley:Database={DatabasePath}");

        Assert.Equal((0, $"{DatabasePath} was repaired, and is sound."), (repaired.ExitCode, repaired.Error.TrimEnd()));
        Assert.Contains("an edition has its card, and a card its edition: ", repaired.Out, StringComparison.Ordinal);
        Assert.Contains("lists are what the editions say: ", repaired.Out, StringComparison.Ordinal);
        Assert.Equal((0, string.Empty, $"{DatabasePath} is sound."), (again.ExitCode, again.Out, again.Error.TrimEnd()));
    }

    [Fact]
    public async Task Is_refused_while_a_server_runs()
    {
        Break("delete from card");
        using var server = await ServerProcess.StartAsync(DatabasePath);

        var tool = await Executable.RunAsync("check", "--repair", $"--Galley:Database={DatabasePath}");

        Assert.Equal((75, $"Another process uses {DatabasePath}. Stop it first: one process serves one file."), (tool.ExitCode, tool.Error.TrimEnd()));
    }

    // At the instant at which the newsroom stopped: time itself changes what readers see.
    private Task RebuildAsync(IReadOnlyList<string> violations) => CheckCommand.RebuildAsync(
        [$"--Galley:Database={DatabasePath}", $"--Galley:AdminKey={Newsroom.AdminKey}", "--urls=http://127.0.0.1:21300"],
        new RebuildParts(violations.Any(Invariants.IsOfTheLog), violations.Any(Invariants.IsOfSearch)),
        CancellationToken.None,
        services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(made.Clock)));

    private void Break(string damage)
    {
        File.Copy(made.Path, DatabasePath);
        using var connection = Open(DatabasePath);
        connection.Execute(damage);
    }

    private static Dictionary<string, List<string>> Dump(string path)
    {
        using var connection = Open(path);
        return Tables.ToDictionary(table => table, table => connection.Query($"select * from {table}").Select(row => InWords((IDictionary<string, object>)row)).Order(StringComparer.Ordinal).ToList());
    }

    private static string InWords(IDictionary<string, object> row) => string.Join(", ", row.Select(column => $"{column.Key} {(column.Value is byte[] bytes ? Convert.ToHexString(bytes) : column.Value)}"));

    private static List<string> Shown(string path)
    {
        using var connection = Open(path);
        return [.. connection.Query<string>(
            """
            select e.public_id || ' ' || e.slug || ' ' || e.headline || ' ' || e.version || ' ' || e.until_at || ' ' || (e.position is a.shown_position)
            from edition e left join article a on a.id = e.article_id
            order by 1
            """)];
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Foreign Keys=False");
        connection.Open();
        return connection;
    }
}
