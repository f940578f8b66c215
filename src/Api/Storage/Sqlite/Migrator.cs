using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Galley.Content;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>Brings the file to this build's schema: numbered scripts, in order, each once, each in its own transaction.</summary>
internal static class Migrator
{
    private const string Prefix = "migrations/";
    private const string Suffix = ".sqlite.sql";

    public static void Migrate(SqliteConnection connection, Instant now)
    {
        connection.Execute("create table if not exists migration (number integer primary key, name text not null, checksum text not null, applied_at integer not null) strict");
        var applied = connection.Query<(long Number, string Name, string Checksum)>("select number, name, checksum from migration").ToDictionary(row => row.Number);
        var scripts = Scripts();

        if (applied.Keys.Any(number => number > scripts.Count))
            throw new StartupRefusal(StartupRefusal.BadData, $"The database has schema {applied.Keys.Max()}; this build knows up to {scripts.Count}. Start a newer build.");

        foreach (var script in scripts)
        {
            if (!applied.TryGetValue(script.Number, out var row))
                Apply(connection, script, now);
            else if (row.Checksum != script.Checksum)
                throw new StartupRefusal(StartupRefusal.BadData, $"Migration {script.Name} was applied in another form. The database belongs to another build.");
        }
    }

    private static void Apply(SqliteConnection connection, Script script, Instant now)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(script.Sql, transaction: transaction);
        connection.Execute(
            "insert into migration (number, name, checksum, applied_at) values (@Number, @Name, @Checksum, @at)",
            new { script.Number, script.Name, script.Checksum, at = now.Milliseconds },
            transaction);
        transaction.Commit();
    }

    private static List<Script> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        return [.. names.Select((name, index) => Script.Read(assembly, name, index + 1))];
    }

    private sealed record Script(long Number, string Name, string Sql)
    {
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

        public static Script Read(Assembly assembly, string resource, int number)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            return new Script(number, resource[Prefix.Length..^Suffix.Length], reader.ReadToEnd());
        }
    }
}
