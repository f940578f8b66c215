using System.Data.Common;
using System.Globalization;
using Galley.Storage;

namespace Galley.Tool;

/// <summary>A command that copies a database: until it is done, its user stops it, or the disk does.</summary>
internal static class CopyingCommand
{
    public static async Task<int> RunAsync(string target, Func<CancellationToken, Task> copy)
    {
        using var interruption = new Interruption();
        try
        {
            await copy(interruption.Token);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusal(StartupRefusal.CannotWrite, $"{target} cannot be written: {exception.Message}");
        }
    }

    public static string InWords(Copied copied) =>
        string.Create(CultureInfo.InvariantCulture, $"{copied.Articles} articles in {copied.Bytes} bytes, last written at {copied.LastWrite}");
}
