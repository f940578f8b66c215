using System.Diagnostics;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Operation.Following;

/// <summary>The script of README that follows the changes, in a process that may be killed and started again.</summary>
internal sealed class Follower(string directory, Uri server) : IDisposable
{
    private readonly string _script = Path.Combine(directory, "follow.mjs");
    private readonly string _file = Path.Combine(directory, "copy.json");
    private Process? _process;

    public void Start()
    {
        if (!File.Exists(_script))
            File.WriteAllText(_script, ReadmeTests.Block("follow"));
        _process = Process.Start(new ProcessStartInfo("node", [_script, server.GetLeftPart(UriPartial.Authority), _file]) { RedirectStandardError = true, UseShellExecute = false });
    }

    /// <summary>SIGKILL. One that has ended by itself has failed.</summary>
    public void Kill()
    {
        Assert.False(_process!.HasExited, _process.HasExited ? $"The script ended with {_process.ExitCode}: {_process.StandardError.ReadToEnd()}" : null);
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>What it has stored: always whole. Null while there is nothing.</summary>
    public JsonElement? Read() => File.Exists(_file) ? JsonDocument.Parse(File.ReadAllText(_file)).RootElement : null;

    /// <summary>Where it stands.</summary>
    public string? Token => Read() is { } copy && copy.Has("token") ? copy.Text("token") : null;

    /// <summary>Waits until it has come to a place.</summary>
    public async Task ReachAsync(string token, TimeSpan patience)
    {
        for (var watch = Stopwatch.StartNew(); Token != token; await Task.Delay(50))
            Assert.True(watch.Elapsed < patience, "The script does not get to where the changes end.");
    }

    public void Dispose()
    {
        if (_process?.HasExited == false)
            Kill();
    }
}
