using System.Buffers;
using System.IO.Pipelines;

namespace Galley.Http;

/// <summary>One line as it stands in a file or a body; without bytes where it is too long. Length counts what it takes there, with its end.</summary>
internal readonly record struct RawLine(long Number, byte[]? Bytes, long Length);

/// <summary>Takes a stream apart into lines, however long it is, and never holds more of it than one line may have.</summary>
internal static class LineReader
{
    public const int MaxLine = 2 * 1024 * 1024;

    private const int BufferSize = 128 * 1024;

    /// <summary>The lines that are not empty, numbered from 1 with the empty ones.</summary>
    public static IAsyncEnumerable<RawLine> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));
        // A terminal or a pipe that gives nothing does not hear that it is to stop: it is left waiting.
        return ReadAsync(pipe, async () => await pipe.ReadAsync(cancel).AsTask().WaitAsync(cancel));
    }

    /// <summary>The same of a pipe that is read in a way of its own.</summary>
    public static async IAsyncEnumerable<RawLine> ReadAsync(PipeReader pipe, Func<ValueTask<ReadResult>> read)
    {
        var (number, dropped) = (1L, 0L);
        while (true)
        {
            var result = await read();
            var (buffer, seen) = (result.Buffer, result.Buffer.Start);
            try
            {
                while (TakeLine(ref buffer, result.IsCompleted) is { } line)
                {
                    seen = buffer.Start;
                    var bytes = dropped + WithoutEnd(line) > MaxLine ? null : Trimmed(line);
                    if (bytes is not { Length: 0 })
                        yield return new RawLine(number, bytes, dropped + line.Length);

                    (number, dropped) = (number + 1, 0);
                }

                // Nobody will take it: what has arrived of it need not be kept.
                if (buffer.Length > MaxLine + 1)
                {
                    dropped += buffer.Length;
                    buffer = buffer.Slice(buffer.End);
                }

                seen = buffer.End;
            }
            finally
            {
                // Also where nobody wants the rest: a connection goes on behind it, and cannot while this reading is not ended.
                pipe.AdvanceTo(buffer.Start, seen);
            }

            if (result.IsCompleted)
                break;
        }

        // The last line has no end that would have ended it.
        if (dropped > 0)
            yield return new RawLine(number, null, dropped);

        await pipe.CompleteAsync();
    }

    // With its end; the last one may have none.
    private static ReadOnlySequence<byte>? TakeLine(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        if (buffer.IsEmpty)
            return null;

        var end = buffer.PositionOf((byte)'\n') is { } newline ? buffer.GetPosition(1, newline) : isLast ? buffer.End : default(SequencePosition?);
        if (end is not { } position)
            return null;

        var line = buffer.Slice(0, position);
        buffer = buffer.Slice(position);
        return line;
    }

    private static long WithoutEnd(ReadOnlySequence<byte> line) => line.Slice(line.Length - 1).FirstSpan[0] == (byte)'\n' ? line.Length - 1 : line.Length;

    private static byte[] Trimmed(ReadOnlySequence<byte> line)
    {
        var bytes = line.Slice(0, WithoutEnd(line)).ToArray();
        var trimmed = bytes.AsSpan().Trim(" \t\r\n"u8);
        return trimmed.Length == bytes.Length ? bytes : trimmed.ToArray();
    }
}
