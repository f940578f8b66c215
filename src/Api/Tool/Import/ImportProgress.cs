using System.Diagnostics;
using System.Globalization;

namespace Galley.Tool.Import;

/// <summary>Says on standard error how far an import has come: a bar where somebody looks on, else a line now and then.</summary>
internal sealed class ImportProgress(ImportTally tally, long? totalBytes) : IAsyncDisposable
{
    private const int BarWidth = 24;

    private static readonly bool IsTerminal = !Console.IsErrorRedirected;
    private static readonly TimeSpan Interval = IsTerminal ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromSeconds(10);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly CancellationTokenSource _over = new();
    private Task _showing = Task.CompletedTask;

    public void Begin() => _showing = ShowAsync();

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _showing;
        if (IsTerminal)
            await Console.Error.WriteLineAsync($"\r{Line()}");
        _over.Dispose();
    }

    private async Task ShowAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
                await Console.Error.WriteAsync(IsTerminal ? $"\r{Line()}" : Line() + Environment.NewLine);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>What is shown now.</summary>
    public string Line()
    {
        var seconds = Math.Max(0.001, _watch.Elapsed.TotalSeconds);
        var line = string.Create(CultureInfo.InvariantCulture, $"{tally.Lines} lines, {tally.Lines / seconds:0}/s, all up to line {tally.DoneUpTo} done, {tally[ImportResult.Failed]} failed");
        if (totalBytes is not > 0 || tally.Bytes == 0)
            return line;

        var share = Math.Min(1, (double)tally.Bytes / totalBytes.Value);
        var left = TimeSpan.FromSeconds((seconds / share) - seconds);
        var bar = IsTerminal ? $"[{new string('#', (int)(share * BarWidth)).PadRight(BarWidth, '.')}] " : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{bar}{share * 100,3:0} %, {line}, {left:h\\:mm\\:ss} left");
    }
}
