using System.CommandLine;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Keys;

namespace Galley.Tool;

/// <summary>API keys: list, make, revoke.</summary>
internal static class KeysCommand
{
    public static Command Make() => new("keys", "List, make and revoke API keys.") { List(), Create(), Revoke() };

    private static Command List()
    {
        var command = new Command("list", "List all keys, revoked ones too; never a secret.");
        var server = ServerOptions.AddTo(command);
        command.Runs((parsed, settings, _) => ServerCommand.RunAsync(settings, server.Read(parsed), ListAsync));
        return command;
    }

    private static Command Create()
    {
        var label = new Option<string>("--label") { Description = "whose it is, for people", HelpName = "text" };
        var scopes = new Option<string>("--scopes") { Description = "what it may do, separated by commas, such as content:write,content:publish", HelpName = "scopes", Required = true };
        var command = new Command("create", "Make a key. It is printed once, alone on standard output.") { label, scopes };
        var server = ServerOptions.AddTo(command);
        command.Runs((parsed, settings, _) => ServerCommand.RunAsync(settings, server.Read(parsed), (client, cancel) => CreateAsync(client, parsed.GetValue(label), parsed.GetValue(scopes)!, cancel)));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "the key's id, as list gives it" };
        var command = new Command("revoke", "Revoke a key, at once and for good.") { id };
        var server = ServerOptions.AddTo(command);
        command.Runs((parsed, settings, _) => ServerCommand.RunAsync(settings, server.Read(parsed), (client, cancel) => RevokeAsync(client, parsed.GetValue(id)!, cancel)));
        return command;
    }

    private static async Task<int> ListAsync(HttpClient client, CancellationToken cancel)
    {
        for (var next = string.Empty; next is not null;)
        {
            using var response = await client.GetAsync($"v1/manage/keys?limit=100{(next.Length == 0 ? string.Empty : $"&cursor={Uri.EscapeDataString(next)}")}", cancel);
            if (!response.IsSuccessStatusCode)
                return await Refusal.TellAsync(response, cancel);

            var page = await ReadAsync<Page<ApiKey>>(response, cancel);
            foreach (var key in page.Data)
                await Console.Out.WriteLineAsync(LineOf(key, NowOf(response)));
            next = page.Links.Next;
        }

        return 0;
    }

    /// <summary>A key in one line: its id, whether it works, what it may do, for which articles, and whose it is.</summary>
    public static string LineOf(ApiKey key, Instant now) => string.Join("  ", new[] { key.Id, StateOf(key, now), string.Join(',', key.Scopes), LimitsOf(key.Limits), key.Label }.Where(part => part is not null));

    private static string StateOf(ApiKey key, Instant now) => key switch
    {
        { RevokedAt: { } revokedAt } => $"revoked {revokedAt}",
        { ExpiresAt: { } expiresAt } => $"{(expiresAt <= now ? "expired" : "expires")} {expiresAt}",
        _ => $"made {key.CreatedAt}",
    };

    private static string? LimitsOf(KeyLimits? limits)
    {
        var parts = new[] { ("sources", limits?.Sources), ("sections", limits?.Sections), ("languages", limits?.Languages) };
        var given = parts.Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={string.Join(',', part.Item2!)}").ToList();
        return given.Count == 0 ? null : string.Join(' ', given);
    }

    // By the server's clock, which decides.
    private static Instant NowOf(HttpResponseMessage response) => response.Headers.Date is { } date ? Instant.From(date) : default;

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancel) => ContentJson.Read<T>(await response.Content.ReadAsByteArrayAsync(cancel));

    private static async Task<int> CreateAsync(HttpClient client, string? label, string scopes, CancellationToken cancel)
    {
        var wish = new { label, scopes = scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) };
        using var response = await client.PostAsJsonAsync("v1/manage/keys", wish, ContentJson.Options, cancel);
        if (!response.IsSuccessStatusCode)
            return await Refusal.TellAsync(response, cancel);

        var made = await ReadAsync<ApiKey>(response, cancel);
        await Console.Error.WriteLineAsync($"{LineOf(made, NowOf(response))}{Environment.NewLine}The key is shown only this once:");
        await Console.Out.WriteLineAsync(made.Key);
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
