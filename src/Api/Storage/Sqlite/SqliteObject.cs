using System.Reflection;
using SQLitePCL;

namespace Galley.Storage.Sqlite;

/// <summary>
/// How a row becomes an object: each column sets the property of its name, whatever the underscores and case; one without a value sets none. As Dapper does, but without a
/// command, parameters and a reader for each call, which cost more than the statements of a push.
/// </summary>
internal sealed class SqliteObject<T>
{
    /// <summary>Whether rows can become one: it is made without arguments, and each of its properties that can be set is of a kind that a column has.</summary>
    public static readonly bool IsMade = typeof(T).IsClass && typeof(T) != typeof(string) && typeof(T).GetConstructor(Type.EmptyTypes) is not null && Settable().All(property => Setter.Kinds.Contains(property.PropertyType));

    private readonly Setter?[] _setters;

    public SqliteObject(sqlite3_stmt statement)
    {
        var byName = Settable().ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        _setters = [.. Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(column => byName.TryGetValue(NameOf(statement, column), out var property) ? Setter.Of(property) : null)];
    }

    public T Read(Row row)
    {
        var made = Activator.CreateInstance<T>();
        for (var column = 0; column < _setters.Length; column++)
        {
            if (_setters[column] is { } setter && !row.IsNull(column))
                setter.Set(made, row, column);
        }

        return made;
    }

    private static IEnumerable<PropertyInfo> Settable() => typeof(T).GetProperties().Where(property => property.SetMethod is not null);

    private static string NameOf(sqlite3_stmt statement, int column) => raw.sqlite3_column_name(statement, column).utf8_to_string().Replace("_", string.Empty, StringComparison.Ordinal);

    /// <summary>How one column sets one property.</summary>
    private abstract class Setter
    {
        private static readonly Dictionary<Type, Func<PropertyInfo, Setter>> ByKind = new()
        {
            [typeof(long)] = property => new Of<long>(property, (row, column) => row.Integer(column)),
            [typeof(long?)] = property => new Of<long?>(property, (row, column) => row.Integer(column)),
            [typeof(int)] = property => new Of<int>(property, (row, column) => checked((int)row.Integer(column))),
            [typeof(int?)] = property => new Of<int?>(property, (row, column) => checked((int)row.Integer(column))),
            [typeof(bool)] = property => new Of<bool>(property, (row, column) => row.Integer(column) != 0),
            [typeof(bool?)] = property => new Of<bool?>(property, (row, column) => row.Integer(column) != 0),
            [typeof(string)] = property => new Of<string>(property, (row, column) => row.Text(column)),
            [typeof(byte[])] = property => new Of<byte[]>(property, (row, column) => row.Bytes(column).ToArray()),
        };

        public static IReadOnlyCollection<Type> Kinds => ByKind.Keys;

        public static Setter Of(PropertyInfo property) => ByKind[property.PropertyType](property);

        public abstract void Set(T made, Row row, int column);
    }

    private sealed class Of<TValue>(PropertyInfo property, Func<Row, int, TValue> read) : Setter
    {
        private readonly Action<T, TValue> _set = property.SetMethod!.CreateDelegate<Action<T, TValue>>();

        public override void Set(T made, Row row, int column) => _set(made, read(row, column));
    }
}
