using System.Threading.Channels;
using Dapper;
using Galley.Content;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Galley.Storage.Sqlite;

/// <summary>SQLite in write-ahead mode: many read-only connections, one that writes, one process. Tests put another file system under it, and let it tidy often.</summary>
internal sealed class SqliteDatabase(string path, string? fileSystem = null, long tidyAbove = SqliteDatabase.TidyAbove, Func<string, FileStream>? openLog = null) : Database
{
    // "GALL": tells this product's files from any other SQLite file.
    public const int ApplicationId = 0x47414C4C;

    /// <summary>How large the write-ahead log may become before it is emptied, in bytes.</summary>
    public const long TidyAbove = 64 * 1024 * 1024;

    // These hold for one connection only, so each one runs them when it opens.
    /// <summary>How the file is written.</summary>
    public const string WriterPragmas = """
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
        pragma secure_delete = on;
        """;

    private const string ReaderPragmas = """
        pragma query_only = on;
        pragma busy_timeout = 1000;
        pragma temp_store = memory;
        pragma cache_size = -2000;
        pragma mmap_size = 0;
        pragma trusted_schema = off;
        """;

    // Once for all: the engine follows links before it takes ".." away, the framework after, and the lock must be on the file that is opened.
    private readonly string _path = Path.GetFullPath(path);
    private readonly Channel<SqliteReader> _idle = Channel.CreateUnbounded<SqliteReader>();
    private readonly List<SqliteReader> _readers = [];
    private IReadOnlyList<string> _migrations = [];
    private FileLock? _lock;
    private SqliteWriterConnection? _writer;

    static SqliteDatabase() => Batteries_V2.Init();

    public override void Open(Instant now)
    {
        _lock = FileLock.Take(_path);
        try
        {
            OpenWriter(now);
            for (var i = 0; i < Math.Max(4, 2 * Environment.ProcessorCount); i++)
                OpenReader();
        }
        catch (SqliteException exception)
        {
            throw new StartupRefusal(ExitCodeOf(exception), $"The database {_path} cannot be opened: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusal(StartupRefusal.CannotWrite, $"The database {_path} cannot be brought to the disk: {exception.Message}");
        }

        _readers.ForEach(GiveBack);
    }

    public override IReadOnlyList<string> Migrations => _migrations;

    public override void Announce(string address) => _lock!.WriteAddress(address);

    /// <summary>Where the process that has the file open listens; null where none says so.</summary>
    public static string? FindAddress(string path) => FileLock.ReadAddress(Path.GetFullPath(path));

    public override async ValueTask<ReadSession> ReadAsync(CancellationToken cancel)
    {
        var reader = await _idle.Reader.ReadAsync(cancel);
        return reader.Begin();
    }

    public override async ValueTask<ReadSession> SnapshotAsync(CancellationToken cancel)
    {
        var reader = await _idle.Reader.ReadAsync(cancel);
        return reader.BeginSnapshot();
    }

    public override WriterConnection Writer => _writer ?? throw new InvalidOperationException("The database is not open.");

    public override Copied CopyTo(string path, CancellationToken cancel)
    {
        try
        {
            DatabaseCopy.Write(_path, path, fileSystem, CopyPace.BesideWriters, cancel);
            return DatabaseCopy.Verify(path, _path, cancel);
        }
        catch (SqliteException exception)
        {
            throw exception.SqliteErrorCode == raw.SQLITE_FULL ? OutageException.Full(exception) : OutageException.Unavailable(exception);
        }
        catch (StartupRefusal refusal)
        {
            throw OutageException.Unavailable(refusal);
        }
    }

    public override void Dispose()
    {
        _readers.ForEach(reader => reader.Dispose());
        _writer?.Dispose();
        _lock?.Dispose();
    }

    private void GiveBack(SqliteReader reader) => _idle.Writer.TryWrite(reader);

    private void OpenWriter(Instant now)
    {
        var connection = Connect(SqliteOpenMode.ReadWriteCreate);
        _writer = new SqliteWriterConnection(connection, tidyAbove);
        // Before the first pragma: the one for write-ahead mode writes to the file, whosever it is.
        var isNew = Recognize(connection);
        connection.Execute(WriterPragmas);
        if (isNew)
            connection.Execute($"pragma application_id = {ApplicationId}");

        _migrations = Migrator.Migrate(connection, now);
        BringLogToDisk(connection);
    }

    // A process that did not end in good order may have left commits that only the operating system knows of, and after a sync that failed no later one
    // would bring them to the disk: the system has forgotten that they are not there. So the log is written once more, and all of it is synced by
    // one more commit, with the directory, before anybody is told that his write is there.
    private void BringLogToDisk(SqliteConnection connection)
    {
        // Nobody else can empty the log meanwhile.
        connection.Execute("begin immediate");
        if (File.Exists(connection.DataSource + "-wal"))
        {
            using var log = (openLog ?? OpenLog)(connection.DataSource + "-wal");
            WriteAgain(log);
        }

        connection.Execute("update counter set value = value + 1 where name = 'commit_no'");
        connection.Execute("commit");
    }

    private static void WriteAgain(FileStream log)
    {
        var buffer = new byte[1024 * 1024];
        for (var count = log.Read(buffer); count > 0; count = log.Read(buffer))
        {
            log.Position -= count;
            log.Write(buffer, 0, count);
        }
    }

    private static FileStream OpenLog(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    private static int ExitCodeOf(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_CANTOPEN => StartupRefusal.CannotOpen,
        raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_READONLY => StartupRefusal.CannotWrite,
        _ => StartupRefusal.BadData,
    };

    private void OpenReader()
    {
        var connection = Connect(SqliteOpenMode.ReadOnly);
        _readers.Add(new SqliteReader(connection, GiveBack));
        connection.Execute(ReaderPragmas);
    }

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        // No pooling by the driver: connections live as long as the process, with their settings and statements. The timeout is the driver's own, which
        // retries by sleeping whatever busy_timeout says.
        var settings = new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, Pooling = false, DefaultTimeout = 1, Vfs = fileSystem };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Whether the file has no owner yet; that of another one is refused.</summary>
    private bool Recognize(SqliteConnection connection)
    {
        var isEmpty = connection.ExecuteScalar<long>("select count(*) from sqlite_schema") == 0;
        var id = connection.ExecuteScalar<long>("pragma application_id");
        if (id != ApplicationId && !(isEmpty && id == 0))
            throw new StartupRefusal(StartupRefusal.BadData, $"{_path} is a SQLite database, but not one of Galley's. Set Galley:Database to another path.");

        return id == 0;
    }
}
