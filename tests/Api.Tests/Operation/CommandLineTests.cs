using System.Net;
using System.Net.Sockets;
using Galley.Storage;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Galley.Tool;

namespace Galley.Tests.Operation;

/// <summary>The command line does what it says, and never serves by mistake.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Database => $"--Galley:Database={_directory.File("galley.db")}";

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("foo", "foo")]
    [InlineData("serve", "foo", "foo")]
    [InlineData("openapi", "foo", "foo")]
    [InlineData("--Database=x", "--Database")]
    [InlineData("@settings", "@settings")]
    public async Task What_is_neither_a_command_nor_a_setting_is_refused(params string[] argumentsAndNamed)
    {
        var tool = await Executable.RunAsync(argumentsAndNamed[..^1]);

        Assert.Equal($"{argumentsAndNamed[^1]} is neither a command nor a setting. Settings are given as --Galley:Database=news.db; galley --help lists them.", tool.Error.TrimEnd());
        Assert.Equal((64, string.Empty), (tool.ExitCode, tool.Out));
    }

    [Theory]
    [InlineData("-x")]
    [InlineData("--verbose")]
    [InlineData("--AdminKey=0123456789abcdef")]
    [InlineData("/Galley:Database=news.db")]
    [InlineData("Galley:AdminKey=0123456789abcdef")]
    [InlineData("--Galley__Database=news.db")]
    [InlineData("--Galley")]
    [InlineData("--url", "http://127.0.0.1:8080")]
    public void The_framework_would_leave_it_aside(params string[] arguments)
    {
        var line = Refusal(arguments);

        Assert.StartsWith($"{arguments[0].Split('=')[0]} is neither a command nor a setting.", line, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Galley:Database")]
    [InlineData("--Galley:Database", "--urls=http://127.0.0.1:8080")]
    public void A_setting_has_a_value(params string[] arguments) =>
        Assert.Equal("--Galley:Database has no value. Settings are given as --Galley:Database=news.db.", Refusal(arguments));

    [Fact]
    public void Each_mistake_has_its_line() => Assert.Equal(3, Refusal("foo", "--Galley:Database=news.db", "--bar=x", "--urls").Split(Environment.NewLine).Length);

    [Theory]
    [InlineData("--Galley:Database=news.db", "--galley:sitename", "The News")]
    [InlineData("--urls=http://127.0.0.1:8080", "--environment=Development", "--contentRoot", "/srv")]
    [InlineData("--AllowedHosts=*", "--shutdownTimeoutSeconds=5", "--Logging:LogLevel:Default=None", "--Kestrel:Limits:MaxConcurrentConnections=5")]
    [InlineData("--Galley:SiteName=", "--urls=")]
    public void Settings_of_the_product_and_of_the_framework_are_taken(params string[] arguments) => Arguments.Check(arguments);

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "-h")]
    public async Task Help_lists_commands_settings_and_exit_codes(params string[] arguments)
    {
        var tool = await Executable.RunAsync(arguments);

        Assert.Equal((0, string.Empty), (tool.ExitCode, tool.Error));
        foreach (var expected in new[] { "  serve ", "  openapi ", "--urls" }.Concat(GalleyOptions.Settings.Select(setting => $"--Galley:{setting.Name}: ")).Concat(ExitCodes.All.Select(each => $"{each.Code,2}  {each.Meaning}")))
            Assert.Contains(expected, tool.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_may_stand_before_and_behind_the_command()
    {
        using var taken = Taken();

        var tool = await Executable.RunAsync("--urls", AddressOf(taken), "serve", Database, "--Galley:PublicUrl=https://news.example.org");

        Assert.Equal(69, tool.ExitCode);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        using var taken = Taken();
        var address = AddressOf(taken);

        var tool = await Executable.RunAsync($"--urls={address}", Database, "--Galley:PublicUrl=https://news.example.org");

        Assert.Equal($"urls is {address}, and Galley cannot listen there: Failed to bind to address {address}: address already in use.", tool.Error.TrimEnd());
        Assert.Equal(69, tool.ExitCode);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_told_in_one_line()
    {
        // Reserved for documentation (RFC 5737): no machine has it.
        var tool = await Executable.RunAsync("--urls=http://192.0.2.1:8080", Database, "--Galley:PublicUrl=https://news.example.org");

        Assert.StartsWith("urls is http://192.0.2.1:8080, and Galley cannot listen there: ", Assert.Single(tool.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(69, tool.ExitCode);
    }

    [Theory]
    [InlineData("Galley__Database", "", "Galley:Database is empty.")]
    [InlineData("ASPNETCORE_URLS", "https://127.0.0.1:8443", "urls has https://127.0.0.1:8443,")]
    [InlineData("Galley__AdminKey", "short", "Galley:AdminKey has 5 characters")]
    public async Task A_wrong_environment_is_told_in_one_line_by_every_command(string name, string value, string expected)
    {
        foreach (var command in new[] { "serve", "openapi" })
        {
            var tool = await Executable.RunAsync([(name, value)], command);

            Assert.StartsWith(expected, Assert.Single(tool.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
            Assert.Equal(78, tool.ExitCode);
        }
    }

    [Fact]
    public async Task A_key_with_a_newline_behind_it_lets_its_holder_in()
    {
        using var server = await ServerProcess.StartAsync(_directory.File("galley.db"), $"--Galley:AdminKey={Newsroom.AdminKey}\n");

        Assert.Equal(200, (await server.SendAsync(HttpMethod.Get, "/v1/manage/keys", null)).Status);
    }

    private static string Refusal(params string[] arguments)
    {
        var refusal = Assert.Throws<StartupRefusal>(() => Arguments.Check(arguments));

        Assert.Equal(64, refusal.ExitCode);
        return refusal.Message;
    }

    private static TcpListener Taken()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static string AddressOf(TcpListener listener) => $"http://{listener.LocalEndpoint}";
}
