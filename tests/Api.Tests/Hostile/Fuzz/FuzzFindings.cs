using System.Collections.Concurrent;
using System.Globalization;

namespace Galley.Tests.Hostile.Fuzz;

/// <summary>How requests were answered, and of each kind of fault the first example.</summary>
internal sealed class FuzzFindings
{
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentDictionary<string, (int Count, string Example)> _faults = new(StringComparer.Ordinal);

    public int Answers => _statuses.Values.Sum();

    public bool IsEmpty => _faults.IsEmpty;

    /// <summary>Notes an answer; 0 where the server hung up without one.</summary>
    public void Note(int status) => _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);

    public void Add(string what, string request, string answer) => _faults.AddOrUpdate(what, (1, $"{request}\n→ {(answer.Length > 1_500 ? answer[..1_500] : answer)}"), (_, seen) => (seen.Count + 1, seen.Example));

    public int CountOf(int status) => _statuses.GetValueOrDefault(status);

    public string Told => string.Join(", ", _statuses.OrderBy(pair => pair.Key).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value}")));

    public override string ToString() => string.Join("\n\n", _faults.OrderByDescending(fault => fault.Value.Count).Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fault.Key} ({fault.Value.Count} times)\n{fault.Value.Example}")));
}
