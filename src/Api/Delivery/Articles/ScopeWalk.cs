using System.Diagnostics;
using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>How many visible index entries one page may read.</summary>
internal sealed record WalkBudget(int Entries)
{
    public static readonly WalkBudget Default = new(20_000);

    /// <summary>How many articles may be put in order for one page, each of them looked at by itself.</summary>
    public int Little => Entries / 10;
}

/// <summary>
/// Runs any filter over the listings, bounded whatever it selects: or = merge, and = leapfrog, not = probe. It reads visible rows only, so what it reads,
/// and where it stops, depends on nothing hidden.
/// </summary>
/// <remarks>
/// Leapfrog finds out by itself what is rare. Chunks begin small and grow while they are read on: with fixed ones of 256 a rare scope beside a common one cost
/// seven times as much. What asks for scopes alone is joined by the engine instead, in less than half of the time.
/// </remarks>
internal sealed class ScopeWalk(Session session, ListRange range, IReadOnlySet<long>? languages, Instant now, WalkBudget budget, InstantRange updated = default)
{
    /// <summary>When one was updated that a walk has found.</summary>
    public const string UpdatedAtPosition = $"select updated_at from edition where position = @position and {Visible.Now}";

    private const int SmallestChunk = 8;
    private const int LargestChunk = 512;

    // A bare bound limit would have SQLite prepare the statement again each time.
    private const string Newest = $"""
        select position, language_id
        from listing
        where scope = @scope and position <= @from and position >= @until and {Visible.Now}
        order by position desc
        limit @take + 0
        """;

    private const string Oldest = $"""
        select position, language_id
        from listing
        where scope = @scope and position >= @from and position <= @until and {Visible.Now}
        order by position
        limit @take + 0
        """;

    private ListRange Range { get; } = range;

    /// <summary>How many entries it has read so far.</summary>
    public int Read { get; private set; }

    private bool IsSpent => Read >= budget.Entries;

    /// <summary>The first <paramref name="count"/> positions of the range that the filter lets through; and from where it would have to go on if the budget ended before the range did.</summary>
    public async ValueTask<(IReadOnlyList<long> Positions, long? StoppedAt)> TakeAsync(ScopeExpression expression, int count)
    {
        var node = NodeOf(expression);
        var found = new List<long>(count);
        var from = Range.From;

        while (found.Count < count)
        {
            var step = await node.SeekAsync(from);
            if (step.Kind == StepKind.Spent)
                return (found, step.At);
            if (step.Kind == StepKind.End)
                break;

            if (updated.IsWhole || await IsUpdatedWithinAsync(step.At))
                found.Add(step.At);
            from = Range.Beyond(step.At);
        }

        return (found, null);
    }

    private async ValueTask<bool> IsUpdatedWithinAsync(long position)
    {
        Read++;
        return await session.FindAsync<long?>(UpdatedAtPosition, new { position, now = now.Milliseconds }) is { } at && updated.Holds(at);
    }

    private Node NodeOf(ScopeExpression expression) => expression switch
    {
        ScopeExpression.One(var scope) => new Leaf(this, scope),
        ScopeExpression.Any(var terms) => new Union(this, [.. terms.Select(NodeOf)]),
        ScopeExpression.All(var terms) => new Intersection(
            this,
            [.. terms.Where(term => term is not ScopeExpression.Not).Select(NodeOf)],
            [.. terms.OfType<ScopeExpression.Not>().Select(term => NodeOf(term.Term))]),
        ScopeExpression.Not(var term) => new Intersection(this, [], [NodeOf(term)]),
        ScopeExpression.Among(var positions) => new Chosen(Range.IsAscending ? positions : [.. positions.Reverse()], Range),
        _ => throw new UnreachableException($"Unhandled expression {expression}."),
    };

    private async ValueTask ReadAsync(Scope scope, long from, int take, List<Entry> into)
    {
        into.Clear();
        await session.VisitAsync(Range.IsAscending ? Oldest : Newest, new { scope = scope.Packed, from, until = Range.Until, take, now = now.Milliseconds }, row =>
        {
            into.Add(new Entry(row.Integer(0), row.Integer(1)));
            return true;
        });
        Read += Math.Max(1, into.Count);
    }

    private enum StepKind
    {
        /// <summary>A position that belongs to the node.</summary>
        Hit,

        /// <summary>There is none any more.</summary>
        End,

        /// <summary>The budget ended: nothing nearer than this belongs to the node, and of the rest nothing is known.</summary>
        Spent,
    }

    private readonly record struct Step(StepKind Kind, long At)
    {
        public static readonly Step End = new(StepKind.End, 0);
    }

    /// <summary>One part of the filter, asked from nearer to farther only.</summary>
    private abstract class Node
    {
        /// <summary>The first position at or beyond <paramref name="from"/>.</summary>
        public abstract ValueTask<Step> SeekAsync(long from);
    }

    private sealed class Leaf(ScopeWalk walk, Scope scope) : Node
    {
        private readonly ListRange _range = walk.Range;
        private readonly List<Entry> _chunk = [];
        private int _at;
        private int _take = SmallestChunk;
        private long? _unread;
        private bool _isBegun;
        private bool _isAtEnd;

        public override async ValueTask<Step> SeekAsync(long from)
        {
            while (true)
            {
                for (; _at < _chunk.Count; _at++)
                {
                    var entry = _chunk[_at];
                    if (!_range.IsNearer(entry.Position, from) && walk.IsWanted(entry))
                        return new Step(StepKind.Hit, entry.Position);
                }

                if (_isAtEnd)
                    return Step.End;

                var next = _unread is { } unread ? _range.Farther(unread, from) : from;
                // What has read nothing yet reads once, whatever is left: else a filter of many scopes could end where it began, for ever.
                if (walk.IsSpent && _isBegun)
                    return new Step(StepKind.Spent, next);

                _isBegun = true;
                await FetchAsync(next);
            }
        }

        private async ValueTask FetchAsync(long next)
        {
            // A jump over unread rows says that the other scope is rarer; reading on says the contrary.
            if (_unread is { } unread)
                _take = unread == next ? Math.Min(LargestChunk, _take * 2) : Math.Max(SmallestChunk, _take / 2);

            await walk.ReadAsync(scope, next, _take, _chunk);
            _at = 0;
            _isAtEnd = _chunk.Count < _take;
            _unread = _chunk.Count == 0 ? null : _range.Beyond(_chunk[^1].Position);
        }
    }

    private sealed class Chosen(IReadOnlyList<long> positions, ListRange range) : Node
    {
        private int _at;

        public override ValueTask<Step> SeekAsync(long from)
        {
            while (_at < positions.Count && range.IsNearer(positions[_at], from))
                _at++;

            return new(_at < positions.Count && !range.IsNearer(range.Until, positions[_at]) ? new Step(StepKind.Hit, positions[_at]) : Step.End);
        }
    }

    private sealed class Union(ScopeWalk walk, IReadOnlyList<Node> nodes) : Node
    {
        public override async ValueTask<Step> SeekAsync(long from)
        {
            var nearest = Step.End;
            foreach (var node in nodes)
            {
                var step = await node.SeekAsync(from);
                if (step.Kind != StepKind.End && (nearest.Kind == StepKind.End || walk.Range.IsNearer(step.At, nearest.At) || (step.At == nearest.At && step.Kind == StepKind.Hit)))
                    nearest = step;
            }

            return nearest;
        }
    }

    private sealed class Intersection(ScopeWalk walk, IReadOnlyList<Node> wanted, IReadOnlyList<Node> unwanted) : Node
    {
        // Nothing but negations: driven by all there is.
        private readonly IReadOnlyList<Node> _wanted = wanted.Count > 0 ? wanted : [new Leaf(walk, Scope.All)];

        public override async ValueTask<Step> SeekAsync(long from)
        {
            while (true)
            {
                var candidate = await AgreeAsync(from);
                if (candidate.Kind != StepKind.Hit)
                    return candidate;

                var verdict = await ProbeAsync(candidate);
                if (verdict is { } decided)
                    return decided;

                from = walk.Range.Beyond(candidate.At);
            }
        }

        // Leapfrog: whoever is behind jumps to whoever is ahead, until all stand on one position.
        private async ValueTask<Step> AgreeAsync(long from)
        {
            var agreeing = 0;
            while (true)
            {
                foreach (var node in _wanted)
                {
                    var step = await node.SeekAsync(from);
                    if (step.Kind != StepKind.Hit)
                        return step;

                    agreeing = step.At == from ? agreeing + 1 : 1;
                    from = step.At;
                    if (agreeing >= _wanted.Count)
                        return step;
                }
            }
        }

        // The candidate itself, or where the budget ended; null where something unwanted stands on it.
        private async ValueTask<Step?> ProbeAsync(Step candidate)
        {
            foreach (var node in unwanted)
            {
                var step = await node.SeekAsync(candidate.At);
                if (step is { Kind: StepKind.Hit } && step.At == candidate.At)
                    return null;
                if (step is { Kind: StepKind.Spent } && step.At == candidate.At)
                    return step;
            }

            return candidate;
        }
    }

    private bool IsWanted(Entry entry) => languages is null || languages.Contains(entry.LanguageId);

    private readonly record struct Entry(long Position, long LanguageId);
}
