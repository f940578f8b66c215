using System.Diagnostics;

namespace Galley.Tests.Operation;

/// <summary>The executable, run as an operator would, until it ends.</summary>
internal sealed record Executable(int ExitCode, string Out, string Error)
{
    public static Task<Executable> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public static async Task<Executable> RunAsync(IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var assembly = Path.ChangeExtension(typeof(Program).Assembly.Location, ".dll");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
            await process.WaitForExitAsync(late.Token);
            return new Executable(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
