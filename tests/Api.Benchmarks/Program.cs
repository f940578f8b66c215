using BenchmarkDotNet.Running;

namespace Galley.Benchmarks;

/// <summary>Measures the hot paths, each against its partner in the same run. <c>fill</c> prepares an archive, <c>reading</c> and <c>pushing</c> drive whole requests, <c>start</c> begins, <c>changes</c> catches up with the change feed, <c>waiting</c> has many wait for it, <c>overload</c> asks for more than can be answered, anything else goes to BenchmarkDotNet for the pieces.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["serve-bare", .. var rest] => BareServer.RunAsync(rest),
        ["serve-empty"] => BareServer.RunEmptyAsync(),
        ["serve-galley", .. var rest] => Galley.Program.Main(rest),
        ["fill", .. var rest] => Archive.FillAsync(Options.Read(rest)),
        ["reading", .. var rest] => ReadingBenchmarks.RunAsync(Options.Read(rest)),
        ["pushing", .. var rest] => PushBenchmarks.RunAsync(Options.Read(rest)),
        ["start", .. var rest] => StartBenchmarks.RunAsync(Options.Read(rest)),
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
