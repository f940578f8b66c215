namespace Galley.Storage.Sqlite;

/// <summary>How the first column of a row is read as one value; not at all where <typeparamref name="T"/> is an object made of columns.</summary>
internal static class SqliteValue<T>
{
    public static readonly Func<Row, T>? Read = Reader() as Func<Row, T>;

    private static Delegate? Reader() => default(T) switch
    {
        long => (Func<Row, long>)(row => row.Integer(0)),
        _ when typeof(T) == typeof(long?) => (Func<Row, long?>)(row => row.IsNull(0) ? null : row.Integer(0)),
        _ when typeof(T) == typeof(string) => (Func<Row, string?>)(row => row.IsNull(0) ? null : row.Text(0)),
        _ when typeof(T) == typeof(byte[]) => (Func<Row, byte[]?>)(row => row.IsNull(0) ? null : row.Bytes(0).ToArray()),
        _ => null,
    };
}
