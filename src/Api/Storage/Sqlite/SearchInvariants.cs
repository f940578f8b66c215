using System.Text.Json;
using Dapper;
using Galley.Content.Search;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>The search index holds the words of each edition, in their order, and nothing else.</summary>
internal static class SearchInvariants
{
    public static IEnumerable<string> FindViolations(SqliteConnection connection, int mostOfEach)
    {
        // One of another analyzer is made again by the server.
        if (connection.ExecuteScalar<long>("select value from search_state where name = 'analyzer'") != Analyzer.Version)
            return [];

        var indexed = SumsOf(connection);
        return [.. Violations(connection, indexed).Take(mostOfEach)];
    }

    private static IEnumerable<string> Violations(SqliteConnection connection, Dictionary<long, ulong> indexed)
    {
        foreach (var (position, document, scopes) in connection.Query<(long, byte[], byte[])>("select position, document, scopes from edition", buffered: false))
        {
            if (!indexed.Remove(position, out var sum))
                yield return $"search finds every edition: {position} is missing";
            else if (sum != SumOf(document, scopes))
                yield return $"search finds every edition by its words: {position} has others";
        }

        foreach (var position in indexed.Keys)
            yield return $"search finds editions only: {position} is left over";
    }

    // Of what cannot be read nobody knows the words.
    private static ulong? SumOf(byte[] document, byte[] scopes)
    {
        try
        {
            return SumOf(SearchRow.Of(document, scopes));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ulong SumOf(SearchRow row)
    {
        var sum = 0UL;
        foreach (var (column, words) in new[] { ("headline", row.Headline), ("standfirst", row.Standfirst), ("body", row.Body), ("stems", row.Stems), ("scopes", row.Scopes) })
        {
            var place = 0L;
            foreach (var word in words.AsSpan().Split(' '))
            {
                if (word.Start.Value < word.End.Value)
                    sum = unchecked(sum + Mix(words.AsSpan()[word], column, place++));
            }
        }

        return sum;
    }

    // The index keeps no texts, but which word stands where.
    private static Dictionary<long, ulong> SumsOf(SqliteConnection connection)
    {
        connection.Execute("create virtual table if not exists temp.search_word using fts5vocab (main, search, instance)");
        var sums = new Dictionary<long, ulong>();
        foreach (var (term, position, column, place) in connection.Query<(string, long, string, long)>("select term, doc, col, offset from temp.search_word", buffered: false))
            sums[position] = unchecked(sums.GetValueOrDefault(position) + Mix(term, column, place));

        return sums;
    }

    // The same in any order, and not the same with any word changed, missing, moved or there twice.
    private static ulong Mix(ReadOnlySpan<char> word, string column, long place)
    {
        unchecked
        {
            var mixed = 0xCBF29CE484222325 ^ ((ulong)place << 8) ^ column[0] ^ ((ulong)column[1] << 48);
            foreach (var c in word)
                mixed = (mixed ^ c) * 0x100000001B3;

            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
