using System.Text.Json;

namespace Galley.Tool;

/// <summary>A command that speaks to a server: until it is done, its user stops it, or the server does not answer.</summary>
internal static class ServerCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> settings, ServerChoice choice, Func<HttpClient, CancellationToken, Task<int>> ask)
    {
        using var interruption = new Interruption();
        try
        {
            await using var server = await ServerAccess.OpenAsync(settings, choice, interruption.Token);
            return await AskAsync(server.Client, ask, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    // A command tells of its own files itself: what breaks here is the connection. Nobody cancelled it where the client's time is over.
    private static async Task<int> AskAsync(HttpClient client, Func<HttpClient, CancellationToken, Task<int>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask(client, cancel);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException || (exception is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw Refusal.NoServer(client, exception);
        }
    }
}
