using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>What Dapper fills in: a text and values, run on the prepared statement of that text.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private readonly ParameterList _parameters = new();
    private SqliteCommand? _bound;

    [AllowNull]
    public override string CommandText { get; set; } = string.Empty;

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }

    protected override DbParameterCollection DbParameterCollection => _parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery() => Bind().ExecuteNonQuery();

    public override object? ExecuteScalar() => Bind().ExecuteScalar();

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Bind().ExecuteReader(behavior);

    protected override void Dispose(bool disposing)
    {
        // Dapper disposes of the rows first, then of the command: only now is the statement free.
        if (disposing && _bound is not null)
            connection.GiveBack(_bound);

        _bound = null;
        base.Dispose(disposing);
    }

    private SqliteCommand Bind()
    {
        var command = _bound = connection.Take(CommandText);
        var kept = command.Parameters;

        if (kept.Count != _parameters.Count)
        {
            kept.Clear();
            foreach (var parameter in _parameters.Items)
                kept.Add(parameter);
            return command;
        }

        for (var i = 0; i < kept.Count; i++)
        {
            var parameter = _parameters.Items[i];
            var target = kept[i].ParameterName == parameter.ParameterName ? kept[i] : kept[parameter.ParameterName];
            target.ResetSqliteType();
            // Dapper gives short texts a size, and a longer one would be cut to that of the text before it.
            target.Size = parameter.Size;
            target.Value = parameter.Value;
        }

        return command;
    }

    /// <summary>As little of a parameter collection as Dapper needs.</summary>
    private sealed class ParameterList : DbParameterCollection
    {
        public List<SqliteParameter> Items { get; } = [];

        public override int Count => Items.Count;

        public override object SyncRoot => Items;

        public override int Add(object value)
        {
            Items.Add((SqliteParameter)value);
            return Items.Count - 1;
        }

        public override void AddRange(Array values) => Items.AddRange(values.Cast<SqliteParameter>());

        public override void Clear() => Items.Clear();

        public override bool Contains(object value) => Items.Contains((SqliteParameter)value);

        public override bool Contains(string value) => IndexOf(value) >= 0;

        public override void CopyTo(Array array, int index) => ((ICollection)Items).CopyTo(array, index);

        public override IEnumerator GetEnumerator() => Items.GetEnumerator();

        public override int IndexOf(object value) => Items.IndexOf((SqliteParameter)value);

        public override int IndexOf(string parameterName) => Items.FindIndex(item => item.ParameterName == parameterName);

        public override void Insert(int index, object value) => Items.Insert(index, (SqliteParameter)value);

        public override void Remove(object value) => Items.Remove((SqliteParameter)value);

        public override void RemoveAt(int index) => Items.RemoveAt(index);

        public override void RemoveAt(string parameterName) => Items.RemoveAt(IndexOf(parameterName));

        protected override DbParameter GetParameter(int index) => Items[index];

        protected override DbParameter GetParameter(string parameterName) => Items[IndexOf(parameterName)];

        protected override void SetParameter(int index, DbParameter value) => Items[index] = (SqliteParameter)value;

        protected override void SetParameter(string parameterName, DbParameter value) => Items[IndexOf(parameterName)] = (SqliteParameter)value;
    }
}
