namespace Galley.Tests.Durability;

/// <summary>How much of a search through many states a run takes: a sample in every run, all of it when asked for.</summary>
internal static class Duration
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GALLEY_LONG") == "1";

    public static int Of(int inEveryRun, int whenLong) => IsLong ? whenLong : inEveryRun;
}
