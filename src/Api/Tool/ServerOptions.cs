using System.CommandLine;

namespace Galley.Tool;

/// <summary>The options of every command that speaks to a server.</summary>
internal sealed class ServerOptions
{
    private readonly Option<string> _url = new("--url") { Description = "the server to speak to; without it the one that has the database open, or one of the command's own while none has", HelpName = "address" };
    private readonly Option<string> _key = new("--key") { Description = $"the API key to send; else {ServerChoice.KeyVariable} from the environment, else Galley:AdminKey from the configuration", HelpName = "key" };

    public ServerChoice Read(ParseResult parsed) => new(parsed.GetValue(_url), parsed.GetValue(_key));

    /// <summary>Gives a command the options.</summary>
    public static ServerOptions AddTo(Command command)
    {
        var options = new ServerOptions();
        command.Options.Add(options._url);
        command.Options.Add(options._key);
        return options;
    }
}
