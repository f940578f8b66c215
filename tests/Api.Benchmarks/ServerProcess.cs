using System.Diagnostics;
using System.Globalization;

namespace Galley.Benchmarks;

/// <summary>A server in a process of its own, on a core of its own, so that its CPU time is its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int ServerCore = 1;

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>CPU time used so far, user and system.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The peak of resident memory, in MiB.</summary>
    public double PeakMebibytes => Status("VmHWM:");

    /// <summary>The resident memory now, in MiB.</summary>
    public double Mebibytes => Status("VmRSS:");

    public static Task<ServerProcess> StartAsync(params string[] args) => StartAsync(isPinned: true, CommandOf(args));

    /// <summary>The server as it was published, not this program.</summary>
    public static Task<ServerProcess> StartPublishedAsync(string directory, params string[] args) => StartAsync(isPinned: true, ["dotnet", Path.Combine(directory, "galley.dll"), .. args]);

    /// <summary>One that may have every core, to fill it.</summary>
    public static Task<ServerProcess> StartUnpinnedAsync(params string[] args) => StartAsync(isPinned: false, CommandOf(args));

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.WaitForExit();
        _process.Dispose();
    }

    private static List<string> CommandOf(string[] args) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.ProcessPath!, typeof(ServerProcess).Assembly.Location, .. args] : [Environment.ProcessPath!, .. args];

    private static async Task<ServerProcess> StartAsync(bool isPinned, List<string> command)
    {
        // From its first instruction on: the runtime counts its cores once, and threads that wait for work spin where it counted two.
        if (isPinned && OperatingSystem.IsLinux() && Environment.ProcessorCount > ServerCore)
            command = ["taskset", "--cpu-list", ServerCore.ToString(CultureInfo.InvariantCulture), .. command];

        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        const string Listening = "Now listening on: ";
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardError.ReadToEndAsync();
                return new ServerProcess(process, new Uri(line[(at + Listening.Length)..].Trim()));
            }
        }

        throw new InvalidOperationException($"The server {string.Join(' ', command)} did not start.");
    }

    private double Status(string name) =>
        double.Parse(
            File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture) / 1024;
}
