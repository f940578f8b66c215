using System.Text;
using Galley.Http;

namespace Galley.Tests.Operation;

/// <summary>A file is taken apart into lines wherever its bytes happen to be cut, and however long a line is.</summary>
public sealed class LineReaderTests
{
    [Theory]
    [InlineData("a\nb\n", "1:a 2:b")]
    [InlineData("a\r\nb", "1:a 2:b")]
    [InlineData("\n\n a \n\t\nb\n", "3:a 5:b")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    public async Task Lines_are_numbered_and_empty_ones_left_out(string text, string expected)
    {
        foreach (var portion in new[] { 1, 2, 1000 })
            Assert.Equal(expected, string.Join(' ', (await ReadAsync(new Slow(Encoding.UTF8.GetBytes(text), portion))).Select(line => $"{line.Number}:{Encoding.UTF8.GetString(line.Bytes!)}")));
    }

    [Fact]
    public async Task A_line_of_the_longest_length_is_taken_and_a_longer_one_left_out()
    {
        var longest = new string('x', LineReader.MaxLine);
        var lines = await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes($"a\n{longest}\n{longest}x\nb\n")));

        Assert.Equal([(1, 1), (2, LineReader.MaxLine), (3, null), (4, 1)], lines.Select(line => (line.Number, line.Bytes?.Length)));
        Assert.Equal((2L * LineReader.MaxLine) + 7, lines.Sum(line => line.Length));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(128 * 1024)]
    [InlineData(500_000)]
    public async Task A_last_line_that_is_too_long_is_not_forgotten(int beyond)
    {
        var lines = await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes($"a\n{new string('x', LineReader.MaxLine + beyond)}")));

        Assert.Equal([(1, 1, 2L), (2, null, LineReader.MaxLine + beyond)], lines.Select(line => (line.Number, line.Bytes?.Length, line.Length)));
        Assert.Null(Assert.Single(await ReadAsync(new MemoryStream(new byte[LineReader.MaxLine + beyond]))).Bytes);
    }

    [Fact]
    public async Task A_line_without_end_takes_no_more_memory_than_one_that_may_be_sent()
    {
        // Of this thread alone: others run beside it. The stream never waits, so that all of it happens here.
        var before = GC.GetAllocatedBytesForCurrentThread();

        var line = Assert.Single(await ReadAsync(new Endless(400_000_000)));

        Assert.Equal((1, null, 400_000_000), (line.Number, line.Bytes, line.Length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32_000_000);
    }

    private static async Task<List<RawLine>> ReadAsync(Stream stream)
    {
        var lines = new List<RawLine>();
        await foreach (var line in LineReader.ReadAsync(stream, CancellationToken.None))
            lines.Add(line);

        return lines;
    }

    /// <summary>Gives a few bytes at a time, as a pipe may.</summary>
    private sealed class Slow(byte[] bytes, int portion) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(portion, buffer.Length)], cancellationToken);
    }

    /// <summary>So many bytes without a newline, none of which is kept.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var read = (int)Math.Min(buffer.Length, _left);
            buffer[..read].Fill((byte)'x');
            _left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
