using Microsoft.Win32.SafeHandles;

namespace Galley.Manage.Bulk;

/// <summary>
/// What is to be told to a client that may be busy sending: a little in memory, the rest in a file that has no name any more. Given out in the order in which
/// it came.
/// </summary>
internal sealed class ResultSpool(BulkTurns turns) : IDisposable
{
    private const int MaxInMemory = 128 * 1024;
    private const int Portion = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly MemoryStream _memory = new();
    private SafeFileHandle? _file;
    private long _written;
    private long _read;
    private bool _isComplete;
    private TaskCompletionSource _moved = NewBell();

    /// <summary>How much was given out so far.</summary>
    public long Given { get; private set; }

    /// <summary>Takes it in, or waits until the client has read some of what was before; for one that reads nothing, not for ever.</summary>
    public async ValueTask WriteAsync(byte[] bytes, CancellationToken cancel)
    {
        while (TryWrite(bytes) is { } moved)
            await moved.WaitAsync(turns.Patience, cancel);
    }

    /// <summary>Says that nothing more will come.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Ring();
        }
    }

    /// <summary>Waits for the next portion; empty at the end.</summary>
    public async ValueTask<byte[]> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (TryRead(out var moved) is { } portion)
            {
                Given += portion.Length;
                return portion;
            }

            await moved.WaitAsync(cancel);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            turns.GiveBack(_written);
            _written = _read = 0;
        }
    }

    private Task? TryWrite(byte[] bytes)
    {
        lock (_gate)
        {
            if (_written == 0 && (_memory.Length == 0 || _memory.Length + bytes.Length <= MaxInMemory))
                _memory.Write(bytes);
            else if (!TrySpill(bytes))
                return _moved.Task;

            Ring();
            return null;
        }
    }

    private bool TrySpill(byte[] bytes)
    {
        if (!turns.TryTakeSpace(bytes.Length))
            return false;

        try
        {
            _file ??= Open();
            RandomAccess.Write(_file, bytes, _written);
            _written += bytes.Length;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No room there: then the client has to read first.
            turns.GiveBack(bytes.Length);
            return false;
        }
    }

    private byte[]? TryRead(out Task moved)
    {
        lock (_gate)
        {
            moved = _moved.Task;
            if (_memory.Length > 0)
            {
                var told = _memory.ToArray();
                _memory.SetLength(0);
                Ring();
                return told;
            }

            return _read < _written ? ReadFile() : _isComplete ? [] : null;
        }
    }

    private byte[] ReadFile()
    {
        var portion = new byte[Math.Min(Portion, _written - _read)];
        _read += RandomAccess.Read(_file!, portion, _read) is var count && count == portion.Length ? count : throw new IOException("What was put aside is not there any more.");
        if (_read == _written)
        {
            RandomAccess.SetLength(_file!, 0);
            turns.GiveBack(_written);
            _written = _read = 0;
        }

        Ring();
        return portion;
    }

    private SafeFileHandle Open()
    {
        var path = Path.Combine(turns.Directory, $".galley-bulk-{Guid.NewGuid():N}");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        // Whatever ends the process, nothing of it stays.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);

        return file;
    }

    private void Ring()
    {
        var rung = _moved;
        _moved = NewBell();
        rung.SetResult();
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
