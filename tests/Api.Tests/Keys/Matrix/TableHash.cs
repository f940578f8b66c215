using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Keys.Matrix;

/// <summary>One hash over all rows of all tables of a database file, as another process would read them.</summary>
internal sealed class TableHash : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly IReadOnlyList<string> _tables;
    private (long Version, string Hash) _last = (-1, string.Empty);

    public TableHash(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        _connection.Open();
        var tables = new List<string>();
        Read("select name from sqlite_master where type = 'table' order by name", row => tables.Add(row.GetString(0)));
        Assert.Contains("article", tables);
        Assert.Contains("api_key", tables);
        _tables = tables;
    }

    /// <summary>The hash as of now. The engine counts the commits of others: while that number stands, no row can be another.</summary>
    public string Now()
    {
        var version = 0L;
        Read("pragma data_version", row => version = row.GetInt64(0));
        if (version != _last.Version)
            _last = (version, HashAll());

        return _last.Hash;
    }

    public void Dispose() => _connection.Dispose();

    private string HashAll()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in _tables)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"table {table}\n"));
            Read($"select * from \"{table}\"", row => Append(hash, row));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    // Each value with its type and length, so that no two rows read the same.
    private static void Append(IncrementalHash hash, SqliteDataReader row)
    {
        for (var i = 0; i < row.FieldCount; i++)
        {
            var bytes = row.GetValue(i) switch
            {
                DBNull => [],
                byte[] blob => blob,
                var value => Encoding.UTF8.GetBytes(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!),
            };
            hash.AppendData(Encoding.UTF8.GetBytes($"{row.GetDataTypeName(i)} {row.IsDBNull(i)} {bytes.Length} "));
            hash.AppendData(bytes);
        }
    }

    private void Read(string sql, Action<SqliteDataReader> use)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        while (rows.Read())
            use(rows);
    }
}
