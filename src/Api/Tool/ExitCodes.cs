using Galley.Storage;

namespace Galley.Tool;

/// <summary>What the process ends with, after sysexits.h: the reasons that an operator, or what starts the process for him, can tell apart.</summary>
internal static class ExitCodes
{
    public static readonly IReadOnlyList<(int Code, string Meaning)> All =
    [
        (0, "stopped in order"),
        (StartupRefusal.Usage, "the command line is wrong"),
        (StartupRefusal.BadData, "the database is not usable"),
        (StartupRefusal.CannotOpen, "it cannot be opened"),
        (StartupRefusal.CannotListen, "it cannot listen on urls, where another process may do so"),
        (StartupRefusal.InUse, "another process uses the database"),
        (StartupRefusal.BadConfiguration, "the configuration is wrong"),
    ];
}
