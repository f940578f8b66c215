using System.Threading.Channels;
using Galley.Content;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Galley.Storage.Sqlite;

/// <summary>SQLite in write-ahead mode: many read-only connections, one that writes, one process.</summary>
internal sealed class SqliteDatabase(string path) : Database
{
    // "GALL": tells this product's files from any other SQLite file.
    private const int ApplicationId = 0x47414C4C;

    // These hold for one connection only, so each one runs them when it opens.
    private const string WriterPragmas = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma foreign_keys = on;
        pragma busy_timeout = 0;
        pragma wal_autocheckpoint = 0;
        pragma journal_size_limit = 67108864;
        pragma temp_store = memory;
        pragma cache_size = -16000;
        pragma trusted_schema = off;
        pragma cell_size_check = on;
        pragma secure_delete = fast;
        """;

    private const string ReaderPragmas = """
        pragma query_only = on;
        pragma busy_timeout = 1000;
        pragma temp_store = memory;
        pragma cache_size = -2000;
        pragma mmap_size = 0;
        pragma trusted_schema = off;
        """;

    private readonly Channel<Reader> _idle = Channel.CreateUnbounded<Reader>();
    private readonly List<Reader> _readers = [];
    private FileLock? _lock;
    private SqliteWriterConnection? _writer;

    static SqliteDatabase() => Batteries_V2.Init();

    public override void Open(Instant now)
    {
        _lock = FileLock.Take(path);
        try
        {
            var connection = Connect(SqliteOpenMode.ReadWriteCreate, WriterPragmas);
            _writer = new SqliteWriterConnection(connection);
            Recognize(connection);
            Migrator.Migrate(connection, now);

            for (var i = 0; i < Math.Max(4, 2 * Environment.ProcessorCount); i++)
                _readers.Add(new Reader(new PreparedConnection(Connect(SqliteOpenMode.ReadOnly, ReaderPragmas)), GiveBack));
        }
        catch (SqliteException exception)
        {
            throw new StartupRefusal(StartupRefusal.BadData, $"The database {path} cannot be opened: {exception.Message}");
        }

        _readers.ForEach(GiveBack);
    }

    public override async ValueTask<ReadSession> ReadAsync(CancellationToken cancel)
    {
        var reader = await _idle.Reader.ReadAsync(cancel);
        return reader.Session;
    }

    public override async ValueTask<ReadSession> SnapshotAsync(CancellationToken cancel)
    {
        var reader = await _idle.Reader.ReadAsync(cancel);
        return reader.BeginSnapshot();
    }

    public override WriterConnection Writer => _writer ?? throw new InvalidOperationException("The database is not open.");

    public override void Dispose()
    {
        _readers.ForEach(reader => reader.Dispose());
        _writer?.Dispose();
        _lock?.Dispose();
    }

    private void GiveBack(Reader reader) => _idle.Writer.TryWrite(reader);

    private SqliteConnection Connect(SqliteOpenMode mode, string pragmas)
    {
        // No pooling by the driver: connections live as long as the process, with their settings and statements. The timeout is the driver's own, which
        // retries by sleeping whatever busy_timeout says.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 1 }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
        return connection;
    }

    private void Recognize(SqliteConnection connection)
    {
        var isEmpty = Ask(connection, "select count(*) from sqlite_schema") == 0;
        var id = Ask(connection, "pragma application_id");

        if (isEmpty && id == 0)
            Ask(connection, $"pragma application_id = {ApplicationId}");
        else if (id != ApplicationId)
            throw new StartupRefusal(StartupRefusal.BadData, $"{path} is a SQLite database, but not one of Galley's. Set Galley:Database to another path.");
    }

    private static long Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long value ? value : 0;
    }

    private sealed class Reader : IDisposable
    {
        private readonly PreparedConnection _connection;
        private readonly ReadSession _snapshot;
        private readonly SqliteStatements _statements;

        public Reader(PreparedConnection connection, Action<Reader> giveBack)
        {
            _connection = connection;
            _statements = new SqliteStatements(connection);
            Session = new ReadSession(_statements, () => giveBack(this));
            _snapshot = new ReadSession(_statements, () =>
            {
                Run("commit");
                giveBack(this);
            });
        }

        public ReadSession Session { get; }

        public ReadSession BeginSnapshot()
        {
            Run("begin deferred");
            return _snapshot;
        }

        public void Dispose() => _connection.Dispose();

        private void Run(string sql) => _statements.ExecuteAsync(sql, null).Completed();
    }
}
