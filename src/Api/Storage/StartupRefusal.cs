namespace Galley.Storage;

/// <summary>The server will not start, or cannot go on. The message is the one line an operator reads; the exit code follows sysexits.h.</summary>
internal sealed class StartupRefusal(int exitCode, string message) : Exception(message)
{
    public const int Usage = 64;
    public const int BadData = 65;
    public const int CannotOpen = 66;
    public const int CannotListen = 69;
    public const int CannotWrite = 74;
    public const int InUse = 75;
    public const int BadConfiguration = 78;

    public int ExitCode { get; } = exitCode;
}
