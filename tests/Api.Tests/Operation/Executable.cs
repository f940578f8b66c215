using System.Diagnostics;

namespace Galley.Tests.Operation;

/// <summary>The executable, run as an operator would, until it ends.</summary>
internal sealed record Executable(int ExitCode, string Out, string Error)
{
    public static string Assembly => Path.ChangeExtension(typeof(Program).Assembly.Location, ".dll");

    public static Task<Executable> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public static Task<Executable> RunAsync(IEnumerable<(string Name, string Value)> environment, params string[] arguments) => RunWithInputAsync(string.Empty, environment, arguments);

    public static async Task<Executable> RunWithInputAsync(string input, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Starts it, for tests that do something to it before it ends.</summary>
    public static Process Start(IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return Process.Start(start)!;
    }

    public static async Task<Executable> EndAsync(Process process)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(180));
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
