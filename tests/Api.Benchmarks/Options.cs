using System.Globalization;

namespace Galley.Benchmarks;

/// <summary>How large and how long a run is, where its filled archives are kept for the next one, and where its results go.</summary>
internal sealed record Options(int Articles, int Runs, double Seconds, int Connections, string? Archives, string? Results)
{
    public static Options Read(string[] args)
    {
        return new Options(Number("--articles", 20_000), Number("--runs", 5), Number("--seconds", 4), Number("--connections", 32), Text("--archives"), Text("--results"));

        int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

        string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
    }
}
