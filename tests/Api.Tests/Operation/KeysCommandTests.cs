using Galley.Content;
using Galley.Manage.Keys;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Galley.Tool;

namespace Galley.Tests.Operation;

/// <summary>Keys are made, listed and revoked from the command line, with a server beside it and without one.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Database => $"--Galley:Database={_directory.WithDatabase("galley.db")}";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_key_is_alone_on_standard_output_and_works_until_it_is_revoked()
    {
        var made = await Executable.RunAsync("keys", "create", "--label=The app", "--scopes=content:write,keys:manage", Database);
        var (key, id) = (made.Out.TrimEnd(), made.Error.Split(' ')[0]);

        Assert.Equal(0, made.ExitCode);
        Assert.StartsWith($"gal_live_{id}_", Assert.Single(made.Out.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(key, made.Error, StringComparison.Ordinal);
        Assert.EndsWith("content:write,keys:manage  The app", (await ListAsync()).Out.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal((0, $"{id} works no more."), await RevokeAsync(id));
        Assert.Contains($"{id}  revoked ", (await ListAsync()).Out, StringComparison.Ordinal);
        Assert.Equal(1, (await RevokeAsync(id)).ExitCode);
    }

    [Fact]
    public async Task Beside_a_running_server_it_is_that_server_s_keys()
    {
        using var server = await ServerProcess.StartAsync(_directory.File("galley.db"));

        var made = await Executable.RunAsync([("GALLEY_KEY", Newsroom.AdminKey)], "keys", "create", "--scopes", "keys:manage", Database);
        var list = await Executable.RunAsync([("GALLEY_KEY", made.Out.TrimEnd())], "keys", "list", Database);
        var beyond = await Executable.RunAsync([("GALLEY_KEY", made.Out.TrimEnd())], "keys", "create", "--scopes=ops", Database);

        Assert.Equal((0, 0), (made.ExitCode, list.ExitCode));
        Assert.EndsWith("keys:manage", list.Out.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal((77, "403 insufficient-scope: Your own key lacks the scope ops."), (beyond.ExitCode, beyond.Error.TrimEnd()));
    }

    [Fact]
    public async Task More_keys_than_a_page_holds_are_all_listed()
    {
        using var server = await ServerProcess.StartAsync(_directory.File("galley.db"));
        using var client = server.NewClient();
        for (var i = 0; i < 101; i++)
            await client.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "ops" } })).AnsweredAsync(201);

        Assert.Equal(101, (await Executable.RunAsync("keys", "list", Database, $"--key={Newsroom.AdminKey}")).Out.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void A_line_says_whether_a_key_works_and_for_what()
    {
        var key = new ApiKey { Id = "k1", Label = "The app", Scopes = ["content:write", "ops"], CreatedAt = new Instant(0), HasPrevious = false };
        var limited = key with { ExpiresAt = new Instant(2_000), Limits = new KeyLimits { Sources = ["wire", "desk"], Languages = ["fr"] } };

        Assert.Equal("k1  made 1970-01-01T00:00:00Z  content:write,ops  The app", KeysCommand.LineOf(key, new Instant(5_000)));
        Assert.Equal("k1  expires 1970-01-01T00:00:02Z  content:write,ops  sources=wire,desk languages=fr  The app", KeysCommand.LineOf(limited, new Instant(1_999)));
        Assert.Equal("k1  expired 1970-01-01T00:00:02Z  content:write,ops  sources=wire,desk languages=fr", KeysCommand.LineOf(limited with { Label = null }, new Instant(2_000)));
        Assert.Equal("k1  revoked 1970-01-01T00:00:03Z  content:write,ops  The app", KeysCommand.LineOf(key with { RevokedAt = new Instant(3_000) }, new Instant(5_000)));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("create", "--scopes=ops")]
    public async Task A_website_is_not_taken_for_the_server(params string[] arguments)
    {
        await using var website = await OtherServer.WebsiteAsync();

        var tool = await Executable.RunAsync(["keys", .. arguments, $"--url={website.Address}", "--key=x"]);

        Assert.StartsWith($"{website.Address} does not answer as Galley does: ", Assert.Single(tool.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal((68, string.Empty), (tool.ExitCode, tool.Out));
    }

    [Theory]
    [InlineData(1, "422 validation-failed: /scopes invalid-value, ", "create", "--scopes=everything")]
    [InlineData(64, "Option '--scopes' is required.", "create")]
    [InlineData(64, "--scoeps is neither a command nor a setting. Did you mean --scopes?", "create", "--scopes=ops", "--scoeps=x")]
    [InlineData(64, "Required command was not provided.")]
    [InlineData(64, "Required argument missing for command: 'revoke'.", "revoke")]
    public async Task A_mistake_is_told_in_one_line(int exitCode, string expected, params string[] arguments)
    {
        var tool = await Executable.RunAsync(["keys", .. arguments, Database]);

        Assert.StartsWith(expected, Assert.Single(tool.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal((exitCode, string.Empty), (tool.ExitCode, tool.Out));
    }

    [Theory]
    [InlineData("Usage: galley keys <command> [options] [settings]", "keys", "--help")]
    [InlineData("Usage: galley keys create [options] [settings]", "keys", "create", "--help")]
    [InlineData("Usage: galley keys revoke <id> [options] [settings]", "keys", "revoke", "-h")]
    public async Task Each_command_has_its_help(string usage, params string[] arguments)
    {
        var tool = await Executable.RunAsync(arguments);

        Assert.Equal((0, string.Empty), (tool.ExitCode, tool.Error));
        Assert.Contains(usage, tool.Out, StringComparison.Ordinal);
    }

    private Task<Executable> ListAsync() => Executable.RunAsync("keys", "list", Database);

    private async Task<(int ExitCode, string Error)> RevokeAsync(string id)
    {
        var tool = await Executable.RunAsync("keys", "revoke", id, Database);
        return (tool.ExitCode, tool.Error.TrimEnd());
    }
}
