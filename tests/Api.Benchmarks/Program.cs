using BenchmarkDotNet.Running;

namespace Galley.Benchmarks;

/// <summary>Measures the hot paths, each against its partner in the same run. <c>paths</c> drives whole requests, <c>changes</c> catches up with the change feed, <c>waiting</c> has many wait for it, <c>overload</c> asks for more than can be answered, anything else goes to BenchmarkDotNet for the pieces.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["serve-bare", .. var rest] => BareServer.RunAsync(rest),
        ["serve-galley", .. var rest] => Galley.Program.Main(rest),
        ["paths", .. var rest] => PathBenchmarks.RunAsync(Options.Read(rest)),
        ["changes", .. var rest] => ChangeBenchmarks.RunAsync(Options.Read(rest)),
        ["waiting", .. var rest] => WaitingBenchmarks.RunAsync(Options.Read(rest)),
        ["overload", .. var rest] => OverloadBenchmarks.RunAsync(Options.Read(rest)),
        ["statements"] => RawWrites.PrintAsync(),
        _ => Pieces(args),
    };

    private static Task<int> Pieces(string[] args)
    {
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return Task.FromResult(0);
    }
}
