namespace Galley.Tests.Contract;

/// <summary>Server and contract do not agree. The message says which operation, where, and what is wrong.</summary>
public sealed class BrokenContractException : Exception
{
    public BrokenContractException()
    {
    }

    public BrokenContractException(string message)
        : base(message)
    {
    }

    public BrokenContractException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
