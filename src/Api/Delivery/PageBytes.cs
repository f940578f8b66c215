using System.Buffers;

namespace Galley.Delivery;

/// <summary>The bytes of a page that is put together, in large pieces of the shared pool. Whoever is alone with the page gives them back once it is sent; else they are collected.</summary>
internal sealed class PageBytes : IDisposable
{
    private const int SmallestPiece = 16 * 1024;
    private const int LargestPiece = 512 * 1024;

    private readonly List<byte[]> _full = [];
    private byte[] _piece = [];
    private int _used;

    /// <summary>All that was copied.</summary>
    public long Length { get; private set; }

    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (_piece.Length - _used < bytes.Length)
            Grow(bytes.Length);

        var copy = _piece.AsMemory(_used, bytes.Length);
        bytes.CopyTo(copy.Span);
        _used += bytes.Length;
        Length += bytes.Length;
        return copy;
    }

    public void Dispose()
    {
        foreach (var piece in _full)
            ArrayPool<byte>.Shared.Return(piece);
        if (_piece.Length > 0)
            ArrayPool<byte>.Shared.Return(_piece);

        _full.Clear();
        _piece = [];
    }

    private void Grow(int least)
    {
        if (_piece.Length > 0)
            _full.Add(_piece);
        _piece = ArrayPool<byte>.Shared.Rent(Math.Max(least, (int)Math.Clamp(2 * Length, SmallestPiece, LargestPiece)));
        _used = 0;
    }
}
