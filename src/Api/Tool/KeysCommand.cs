using System.CommandLine;
using System.Text.Json;
using Galley.Content;

namespace Galley.Tool;

/// <summary>API keys: list, make, revoke.</summary>
internal static class KeysCommand
{
    public static Command Make() => new("keys", "List, make and revoke API keys.") { List(), Create(), Revoke() };

    private static Command List()
    {
        var command = new Command("list", "List all keys, revoked ones too; never a secret.");
        var server = ServerOptions.AddTo(command);
        command.Runs((parsed, settings, _) => AskAsync(settings, server.Read(parsed), ListAsync));
        return command;
    }

    private static Command Create()
    {
        var label = new Option<string>("--label") { Description = "whose it is, for people", HelpName = "text" };
        var scopes = new Option<string>("--scopes") { Description = "what it may do, separated by commas, such as content:write,content:publish", HelpName = "scopes", Required = true };
        var command = new Command("create", "Make a key. It is printed once, alone on standard output.") { label, scopes };
        var server = ServerOptions.AddTo(command);
        command.Runs((parsed, settings, _) => AskAsync(settings, server.Read(parsed), (client, cancel) => CreateAsync(client, parsed.GetValue(label), parsed.GetValue(scopes)!, cancel)));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "the key's id, as list gives it" };
        var command = new Command("revoke", "Revoke a key, at once and for good.") { id };
        var server = ServerOptions.AddTo(command);
        command.Runs((parsed, settings, _) => AskAsync(settings, server.Read(parsed), (client, cancel) => RevokeAsync(client, parsed.GetValue(id)!, cancel)));
        return command;
    }

    private static async Task<int> AskAsync(IReadOnlyList<string> settings, ServerChoice choice, Func<HttpClient, CancellationToken, Task<int>> ask)
    {
        using var interruption = new Interruption();
        await using var server = await ServerAccess.OpenAsync(settings, choice, interruption.Token);
        try
        {
            return await ask(server.Client, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException or OperationCanceledException)
        {
            throw Refusal.NoServer(server.Client, exception);
        }
    }

    private static async Task<int> ListAsync(HttpClient client, CancellationToken cancel)
    {
        for (var next = string.Empty; next is not null;)
        {
            using var response = await client.GetAsync($"v1/manage/keys?limit=100{(next.Length == 0 ? string.Empty : $"&cursor={Uri.EscapeDataString(next)}")}", cancel);
            if (!response.IsSuccessStatusCode)
                return await Refusal.TellAsync(response, cancel);

            var page = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
            foreach (var key in page.GetProperty("data").EnumerateArray())
                await Console.Out.WriteLineAsync(LineOf(key));
            next = page.GetProperty("page").TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }

        return 0;
    }

    private static string LineOf(JsonElement key) => string.Join(
        "  ",
        key.GetProperty("id").GetString(),
        key.TryGetProperty("revokedAt", out var revokedAt) ? $"revoked {revokedAt.GetString()}" : $"made {key.GetProperty("createdAt").GetString()}",
        string.Join(',', key.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString())),
        key.TryGetProperty("label", out var label) ? label.GetString() : string.Empty).TrimEnd();

    private static async Task<int> CreateAsync(HttpClient client, string? label, string scopes, CancellationToken cancel)
    {
        var wish = new { label, scopes = scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) };
        using var response = await client.PostAsJsonAsync("v1/manage/keys", wish, ContentJson.Options, cancel);
        if (!response.IsSuccessStatusCode)
            return await Refusal.TellAsync(response, cancel);

        var made = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
        await Console.Error.WriteLineAsync($"{LineOf(made)}{Environment.NewLine}The key is shown only this once:");
        await Console.Out.WriteLineAsync(made.GetProperty("key").GetString());
        return 0;
    }

    private static async Task<int> RevokeAsync(HttpClient client, string id, CancellationToken cancel)
    {
        using var response = await client.DeleteAsync($"v1/manage/keys/{Uri.EscapeDataString(id)}", cancel);
        if (!response.IsSuccessStatusCode)
            return await Refusal.TellAsync(response, cancel);

        await Console.Error.WriteLineAsync($"{id} works no more.");
        return 0;
    }
}
