using Galley.Storage;

namespace Galley.Tool;

/// <summary>What the process ends with, after sysexits.h: the reasons that an operator, or what starts the process for him, can tell apart.</summary>
internal static class ExitCodes
{
    public const int Refused = 1;
    public const int NoServer = 68;
    public const int CannotWrite = StartupRefusal.CannotWrite;
    public const int NotAllowed = 77;
    public const int Interrupted = 130;

    public static readonly IReadOnlyList<(int Code, string Meaning)> All =
    [
        (0, "done, or stopped in order"),
        (Refused, "the server refused something, such as lines of an import"),
        (StartupRefusal.Usage, "the command line is wrong"),
        (StartupRefusal.BadData, "the database is not usable, or check found something"),
        (StartupRefusal.CannotOpen, "it cannot be opened"),
        (NoServer, "no server answers"),
        (StartupRefusal.CannotListen, "it cannot listen on urls, where another process may do so"),
        (CannotWrite, "a file cannot be written, or the disk did not keep what was written"),
        (StartupRefusal.InUse, "another process uses the database"),
        (NotAllowed, "the key may not do this"),
        (StartupRefusal.BadConfiguration, "the configuration is wrong"),
        (Interrupted, "interrupted"),
    ];
}
