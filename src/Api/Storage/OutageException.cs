namespace Galley.Storage;

/// <summary>The storage cannot do what it should: an outage, not a mistake of the caller. <see cref="Code"/> is the problem code it leaves as.</summary>
internal sealed class OutageException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public string Code { get; } = code;

    /// <summary>Whether the server tells of it once, and not with every request.</summary>
    public bool IsTold { get; private init; }

    public static OutageException Full(Exception cause) => new("storage-full", "The disk is full.", cause);

    public static OutageException Unavailable(Exception cause) => new("storage-unavailable", "The storage does not answer.", cause);

    public static OutageException Lost(Exception cause) => new("storage-unavailable", "The disk did not keep what was written.", cause) { IsTold = true };

    public static OutageException Overloaded() => new("overloaded", "Too many writes are waiting.");

    public static OutageException Stopping() => new("shutting-down", "The server is stopping.");
}
