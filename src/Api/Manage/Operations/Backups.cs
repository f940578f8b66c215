using System.Globalization;
using Galley.Content;
using Galley.Http;
using Galley.Storage;

namespace Galley.Manage.Operations;

/// <summary>Where backups are kept: in a folder beside the database, under names that begin with its own.</summary>
internal sealed record BackupFolder(string Path, string Name)
{
    public static BackupFolder Beside(string database)
    {
        var path = System.IO.Path.GetFullPath(database);
        return new BackupFolder(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "backups"), System.IO.Path.GetFileNameWithoutExtension(path));
    }

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>A name that no backup has yet.</summary>
    public string NewName(Instant at)
    {
        var name = $"{Name}-{at.ToDateTimeOffset().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}";
        return Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? $"{name}.db" : string.Create(CultureInfo.InvariantCulture, $"{name}-{i}.db")).First(file => !File.Exists(PathOf(file)));
    }
}

/// <summary>Makes backups of the database, one at a time.</summary>
internal sealed class Backups(Database database, BackupFolder folder, Clock clock, IHostApplicationLifetime lifetime) : IDisposable
{
    // Always the same, so that of one whose server was killed nothing is left once the next is made.
    private const string UnderWay = "backup.part";

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Makes one that holds whatever was acknowledged before, opens it and reads all of it. It is gone again unless it is kept.</summary>
    public async Task<BackupInTheMaking> MakeAsync(CancellationToken cancel)
    {
        // Whoever stops the server does not wait for a backup, which can be made again.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        try
        {
            await _turn.WaitAsync(either.Token);
            try
            {
                return await Task.Factory.StartNew(() => Make(either.Token), either.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            catch
            {
                _turn.Release();
                throw;
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw OutageException.Stopping();
        }
    }

    public void Dispose() => _turn.Dispose();

    private BackupInTheMaking Make(CancellationToken cancel)
    {
        PartFile? part = null;
        try
        {
            var at = clock.Now;
            Directory.CreateDirectory(folder.Path);
            part = new PartFile(folder.PathOf(UnderWay));
            return new BackupInTheMaking(part, database.CopyTo(part.Path, cancel), at, folder, () => _turn.Release());
        }
        catch (Exception exception)
        {
            part?.Dispose();
            throw exception is IOException or UnauthorizedAccessException ? OutageException.Unavailable(exception) : exception;
        }
    }
}

/// <summary>A backup that is whole, and has no name yet. Until it is done with, no other is made.</summary>
internal sealed class BackupInTheMaking(PartFile part, Copied copied, Instant at, BackupFolder folder, Action end) : IMadeOutside, IDisposable
{
    private readonly string _name = folder.NewName(at);

    public void Keep()
    {
        try
        {
            part.Keep(folder.PathOf(_name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutageException.Unavailable(exception);
        }
    }

    public Backup ToBackup(Instant? previousAt) => new() { File = _name, CreatedAt = at, Bytes = copied.Bytes, Articles = copied.Articles, PreviousAt = previousAt };

    public void Dispose()
    {
        try
        {
            part.Dispose();
        }
        finally
        {
            end();
        }
    }
}
