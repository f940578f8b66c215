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

    public static Task<ServerProcess> StartAsync(params string[] args) => StartAsync(isPinned: true, args);

    /// <summary>One that may have every core, to fill it.</summary>
    public static Task<ServerProcess> StartUnpinnedAsync(params string[] args) => StartAsync(isPinned: false, args);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(bool isPinned, string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, args) { RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Insert(0, typeof(ServerProcess).Assembly.Location);

        var process = Process.Start(start)!;
        if (isPinned && OperatingSystem.IsLinux() && Environment.ProcessorCount > ServerCore)
            process.ProcessorAffinity = 1 << ServerCore;

        const string Listening = "Now listening on: ";
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardError.ReadToEndAsync();
                return new ServerProcess(process, new Uri(line[(at + Listening.Length)..].Trim()));
            }
        }

        throw new InvalidOperationException($"The server {string.Join(' ', args)} did not start.");
    }

    private double Status(string name) =>
        double.Parse(
            File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture) / 1024;
}
