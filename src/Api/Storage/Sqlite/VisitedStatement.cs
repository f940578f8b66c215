using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Galley.Storage.Sqlite;

/// <summary>
/// A statement whose rows are read where the engine keeps them: prepared once, its values bound without a command, a parameter or a reader for each. Those cost
/// three times what the statement does on the paths where it runs for every row of a page.
/// </summary>
internal sealed partial class VisitedStatement : IDisposable
{
    private static readonly Type[] Bound = [typeof(long), typeof(long?), typeof(int), typeof(int?), typeof(bool), typeof(bool?), typeof(string), typeof(byte[])];
    private static readonly ConcurrentDictionary<Type, bool> AreBound = new();
    private static readonly ConcurrentDictionary<(Type, string), bool> AreBoundIn = new();

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly SqliteRow _row;
    private Type? _owner;
    private Binding[] _bindings = [];
    private object? _objects;

    public VisitedStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement, out var rest), connection);
        if (!string.IsNullOrWhiteSpace(rest))
            throw new ArgumentException($"Only the first of several statements would run; the next is {rest}", nameof(sql));

        _row = new SqliteRow(_statement);
    }

    /// <summary>Whether its rows are being shown.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Whether the connection runs it again.</summary>
    public bool IsKept { get; set; }

    /// <summary>Whether each value that a statement names is one that the engine knows. A list of them, which becomes a part of the statement, is not.</summary>
    public static bool Binds(string sql, object? parameters) =>
        parameters is null
        || AreBound.GetOrAdd(parameters.GetType(), type => type.GetProperties().All(IsBound))
        || AreBoundIn.GetOrAdd((parameters.GetType(), sql), key => Names().Matches(key.Item2).All(match => key.Item1.GetProperty(match.Value[1..]) is { } property && IsBound(property)));

    /// <summary>Shows the rows for as long as the visitor wants more, and answers how many rows it changed. Each parameter of the statement is a property of <paramref name="parameters"/>, by its name.</summary>
    public int Run(object? parameters, Func<Row, bool> visit)
    {
        Bind(parameters);
        IsRunning = true;
        try
        {
            int result;
            while ((result = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW)
            {
                if (!visit(_row))
                    return 0;
            }

            if (result != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(result, _connection);
            return raw.sqlite3_changes(_connection);
        }
        finally
        {
            // It answers with the step's result once more, which was thrown already.
            _ = raw.sqlite3_reset(_statement);
            IsRunning = false;
        }
    }

    /// <summary>How its rows become objects; all that are asked of one statement are of one kind.</summary>
    public SqliteObject<T> Objects<T>()
    {
        if (_objects is not SqliteObject<T> objects)
            _objects = objects = new SqliteObject<T>(_statement);

        return objects;
    }

    public void Dispose() => _statement.Dispose();

    private static bool IsBound(PropertyInfo property) => Bound.Contains(property.PropertyType);

    [GeneratedRegex("@[A-Za-z][A-Za-z0-9]*")]
    private static partial Regex Names();

    private void Bind(object? parameters)
    {
        if (_owner != parameters?.GetType())
        {
            _owner = parameters?.GetType();
            _bindings = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(_statement)).Select(index => Binding.Of(_owner!, raw.sqlite3_bind_parameter_name(_statement, index).utf8_to_string()[1..]))];
        }

        for (var i = 0; i < _bindings.Length; i++)
            SqliteException.ThrowExceptionForRC(_bindings[i].Bind(_statement, i + 1, parameters!), _connection);
    }

    /// <summary>How one property is bound.</summary>
    private abstract class Binding
    {
        public static Binding Of(Type owner, string name)
        {
            var property = owner.GetProperty(name) ?? throw new ArgumentException($"{owner} has no value for the parameter {name}.");
            return (Binding)Activator.CreateInstance(typeof(Of<,>).MakeGenericType(owner, property.PropertyType), property.GetMethod)!;
        }

        public abstract int Bind(sqlite3_stmt statement, int index, object parameters);
    }

    private sealed class Of<TOwner, T>(MethodInfo getter) : Binding
    {
        private readonly Func<TOwner, T> _value = getter.CreateDelegate<Func<TOwner, T>>();

        // The type is known where this is compiled: of the branches one remains.
        public override int Bind(sqlite3_stmt statement, int index, object parameters) => _value((TOwner)parameters) switch
        {
            long number => raw.sqlite3_bind_int64(statement, index, number),
            int number => raw.sqlite3_bind_int64(statement, index, number),
            bool flag => raw.sqlite3_bind_int64(statement, index, flag ? 1 : 0),
            string text => raw.sqlite3_bind_text(statement, index, text),
            // An empty one would be bound as null.
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, index, 0),
            byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
            null => raw.sqlite3_bind_null(statement, index),
            var other => throw new NotSupportedException($"A {other.GetType()} cannot be bound."),
        };
    }
}
