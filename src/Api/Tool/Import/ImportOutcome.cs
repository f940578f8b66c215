using Galley.Http;

namespace Galley.Tool.Import;

/// <summary>What became of a line; a problem where it was refused.</summary>
internal readonly record struct ImportOutcome(ImportResult Result, Problem? Problem = null)
{
    public static ImportOutcome Refused(Problem problem) => new(ImportResult.Failed, problem);
}

/// <summary>What a line can come to.</summary>
internal enum ImportResult
{
    Created,
    Updated,
    Unchanged,
    Deleted,
    Failed,
}

/// <summary>The server, the disk or the key stands against every line: nothing is gained by sending the rest.</summary>
internal sealed class ImportStopException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
