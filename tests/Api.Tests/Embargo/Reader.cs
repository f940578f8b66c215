using System.Text.Json;

namespace Galley.Tests.Embargo;

/// <summary>Somebody outside who looks at everything there is to look at, on both servers, and compares.</summary>
internal sealed class Reader(Twins twins, World world, int seed)
{
    private const int LongestWalk = 60;

    private readonly Random _random = new(seed);

    // Where each walk over the changes has come, by what it asks.
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    /// <summary>One look around; stops at the first difference.</summary>
    public async Task<Difference?> LookAsync(Action<Ask, Answer> note)
    {
        var book = new RequestBook(world, _random);
        if (await FollowAsync(note) is { } missed)
            return missed;

        foreach (var ask in book.Batch())
        {
            var (answer, difference) = await AskAsync(ask, note);
            if (difference is not null)
                return difference;

            if (answer.Header("ETag") is { } etag)
                book.Etags[ask.Target] = etag;
            if (ask is { Address: "/v1/changes/", Method: "GET" } && !ask.Target.Contains("since=", StringComparison.Ordinal) && TokenOf(answer) is { } token)
                _tokens[ask.Target] = token;
            if (LinkOf(answer, "next") is not { } next)
                continue;

            book.Cursors[ask.Address] = next;
            if (ask.Method == "GET" && _random.Chance(70) && await WalkAsync(ask, next, note) is { } onTheWay)
                return onTheWay;
        }

        return null;
    }

    // What has changed since the last look, for all who follow.
    private async Task<Difference?> FollowAsync(Action<Ask, Answer> note)
    {
        foreach (var (target, token) in _tokens.ToList())
        {
            for (var (since, pages) = (token, 0); since is not null && pages < LongestWalk; pages++)
            {
                var (answer, difference) = await AskAsync(new Ask("/v1/changes/", $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}since={since}", true), note);
                if (difference is not null)
                    return difference;

                // Where a name of its filter has come to mean something else, it begins again some other time.
                if (TokenOf(answer) is not { } next)
                {
                    _tokens.Remove(target);
                    break;
                }

                _tokens[target] = next;
                since = IsUpToDate(answer) ? null : next;
            }
        }

        return null;
    }

    // To the end, and back to the beginning.
    private async Task<Difference?> WalkAsync(Ask first, string next, Action<Ask, Answer> note)
    {
        var back = null as string;
        for (var (cursor, pages) = (next, 0); cursor is not null && pages < LongestWalk; pages++)
        {
            var (answer, difference) = await AskAsync(first with { Target = Turn(first.Target, cursor) }, note);
            if (difference is not null)
                return difference;

            (cursor, back) = (LinkOf(answer, "next"), LinkOf(answer, "previous"));
        }

        for (var pages = 0; back is not null && pages < LongestWalk; pages++)
        {
            var (answer, difference) = await AskAsync(first with { Target = Turn(first.Target, back) }, note);
            if (difference is not null)
                return difference;

            back = LinkOf(answer, "previous");
        }

        return null;
    }

    private async Task<(Answer Answer, Difference? Difference)> AskAsync(Ask ask, Action<Ask, Answer> note)
    {
        var (answer, difference) = await twins.AskAsync(ask);
        note(ask, answer);
        return (answer, difference);
    }

    private static string Turn(string target, string cursor) => $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}";

    private static string? TokenOf(Answer answer) => answer is { Status: 200, Body.Length: > 0 } ? JsonDocument.Parse(answer.Body).RootElement.GetProperty("next").GetString() : null;

    private static bool IsUpToDate(Answer answer) => JsonDocument.Parse(answer.Body).RootElement.GetProperty("upToDate").GetBoolean();

    private static string? LinkOf(Answer answer, string name)
    {
        if (answer.Status != 200 || answer.Body.Length == 0 || answer.Header("Content-Type") != "application/json")
            return null;

        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.TryGetProperty("page", out var page) && page.TryGetProperty(name, out var cursor) ? cursor.GetString() : null;
    }
}
