namespace Galley.Tests.Durability.Traffic;

/// <summary>What clients do after a server has died under them: send again what they have no answer to.</summary>
internal static class Retrying
{
    public static IEnumerable<Task> RetryAll(this Ledger ledger, Send send) =>
        [.. ledger.At().Where(story => story.Value.OnTheWay.Count > 0 && story.Value.OnTheWay.All(write => write.IsRepeatable)).Select(story => RetryAsync(ledger, story.Key, story.Value, send))];

    private static async Task RetryAsync(Ledger ledger, string story, Ledger.Expected expected, Send send)
    {
        // Alone, what was one of many stands for itself.
        var write = expected.OnTheWay[^1] with { Together = null };
        ledger.Begin(story, write);
        var answer = await send(write.Method, write.Target, write.Body);

        // Whether it is applied now or says that it was before: it is there. A deleted article that is not found was deleted before.
        var isThere = answer.IsSuccess || (answer.Status == 404 && write.Method == HttpMethod.Delete);
        Assert.True(isThere || answer.IsRefusal, $"{write.Method} {write.Target}, sent again, answered {answer.Status}: {answer.Body}");
        ledger.Acknowledge(story, isThere ? write.Wanted : expected.Acknowledged);
    }
}
