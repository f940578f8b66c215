using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;

namespace Galley.Tests.Durability;

/// <summary>When the server was asked to stop, and which requests it owed an answer then.</summary>
internal sealed class StopMoment
{
    private long _at = long.MaxValue;

    public ConcurrentBag<string> Unanswered { get; } = [];

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_at);

    public void Now(Action ask)
    {
        _at = Stopwatch.GetTimestamp();
        ask();
    }

    public Send Watch(HttpClient client) => async (method, target, body) =>
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(method, target) { Content = body is null ? null : Json.Body(body) };
            using var response = await client.SendAsync(request, CancellationToken.None);
            return new Answer((int)response.StatusCode, response.StatusCode == HttpStatusCode.NoContent ? default : await response.JsonAsync());
        }
        catch (HttpRequestException exception)
        {
            if (begun < _at)
                Unanswered.Add($"{method} {target}: {exception.Message}");
            throw;
        }
    };
}
