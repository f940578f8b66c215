namespace Galley.Storage;

/// <summary>A row as the engine holds it, good until the next one. For hot paths, where bytes are copied once, to where they are needed; columns are counted from 0.</summary>
internal abstract class Row
{
    public abstract bool IsNull(int column);

    /// <summary>0 where there is no value.</summary>
    public abstract long Integer(int column);

    /// <summary>A blob, or a text as UTF-8; empty where there is no value.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int column);

    public string Text(int column) => System.Text.Encoding.UTF8.GetString(Bytes(column));
}
