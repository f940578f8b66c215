using System.Globalization;

namespace Galley.Benchmarks;

/// <summary>How large and how long a run is, where its filled archives are kept for the next one, where its results go, a word of the rows that are wanted, and the server as it was published.</summary>
internal sealed record Options(IReadOnlyList<int> Sizes, int Runs, double Seconds, int Connections, string? Archives, string? Results, string Only, string? Published)
{
    /// <summary>How many articles, where one archive is measured.</summary>
    public int Articles => Sizes[0];

    public static Options Read(string[] args)
    {
        return new Options([.. (Text("--articles") ?? "20000").Split(',').Select(Whole)], Whole(Text("--runs") ?? "5"), Seconds(), Whole(Text("--connections") ?? "32"), Text("--archives"), Text("--results"), Text("--only") ?? string.Empty, Text("--published"));

        static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

        double Seconds() => double.Parse(Text("--seconds") ?? "4", CultureInfo.InvariantCulture);

        string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
    }

    /// <summary>The same for one archive of several.</summary>
    public Options Of(int articles) => this with { Sizes = [articles] };
}
