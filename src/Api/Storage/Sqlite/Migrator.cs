using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Galley.Content;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>Brings the file to this build's schema: numbered scripts, in order, each once, each in its own transaction.</summary>
internal static partial class Migrator
{
    private const string Prefix = "migrations/";

    /// <summary>The names of the scripts that were applied.</summary>
    public static IReadOnlyList<string> Migrate(SqliteConnection connection, Instant now) => Migrate(connection, now, Scripts());

    /// <summary>Tests make a file of an older build by leaving out the last scripts.</summary>
    public static IReadOnlyList<string> Migrate(SqliteConnection connection, Instant now, IReadOnlyList<Script> scripts)
    {
        connection.Execute("create table if not exists migration (number integer primary key, name text not null, checksum text not null, applied_at integer not null) strict");
        var missing = Missing(connection, scripts);
        foreach (var script in missing)
            Apply(connection, script, now);
        return [.. missing.Select(script => script.Name)];
    }

    /// <summary>The scripts that the file has not had yet. Refuses a file of another build.</summary>
    public static IReadOnlyList<Script> Missing(SqliteConnection connection, IReadOnlyList<Script> scripts)
    {
        var applied = connection.Query<(long Number, string Name, string Checksum)>("select number, name, checksum from migration").ToDictionary(row => row.Number);

        if (applied.Keys.Any(number => number > scripts.Count))
            throw new StartupRefusal(StartupRefusal.BadData, $"The database has schema {applied.Keys.Max()}; this build knows up to {scripts.Count}. Take a newer build.");

        if (scripts.FirstOrDefault(script => applied.TryGetValue(script.Number, out var row) && row.Checksum != script.Checksum) is { } foreign)
            throw new StartupRefusal(StartupRefusal.BadData, $"Migration {foreign.Name} was applied in another form. The database belongs to another build.");

        return [.. scripts.Where(script => !applied.ContainsKey(script.Number))];
    }

    /// <summary>The scripts of this build.</summary>
    public static IReadOnlyList<Script> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. InOrder(assembly.GetManifestResourceNames()).Select(file => Script.Read(assembly, file))];
    }

    /// <summary>The files that are scripts for this engine: <c>NNNN_name.sql</c> serves every engine, <c>NNNN_name.sqlite.sql</c> this one. Each number from 1 on has exactly one.</summary>
    public static IReadOnlyList<ScriptFile> InOrder(IEnumerable<string> resources)
    {
        var files = resources.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(ScriptFile.Parse)
            .Where(file => file.Engine is "" or "sqlite").OrderBy(file => file.Number).ThenBy(file => file.Resource, StringComparer.Ordinal).ToList();

        if (files.Where((file, index) => file.Number != index + 1).FirstOrDefault() is { } misplaced)
            throw new InvalidOperationException($"{misplaced.Resource} leaves out a number, or has one that another script has.");

        return files;
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

    internal sealed record Script(long Number, string Name, string Sql)
    {
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

        public static Script Read(Assembly assembly, ScriptFile file)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file.Resource)!);
            return new Script(file.Number, file.Name, reader.ReadToEnd());
        }
    }

    /// <summary>What the name of a script tells. Without an engine it is for all.</summary>
    internal sealed partial record ScriptFile(string Resource, int Number, string Name, string Engine)
    {
        public static ScriptFile Parse(string resource)
        {
            var parts = Pattern().Match(resource);
            return parts.Success
                ? new ScriptFile(resource, int.Parse(parts.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), parts.Groups["name"].Value, parts.Groups["engine"].Value)
                : throw new InvalidOperationException($"{resource} is not named like 0001_name.sql or 0001_name.sqlite.sql.");
        }

        [GeneratedRegex(@"^migrations/(?<name>(?<number>[0-9]{4})_[a-z0-9_]+)(\.(?<engine>[a-z]+))?\.sql\z")]
        private static partial Regex Pattern();
    }
}
