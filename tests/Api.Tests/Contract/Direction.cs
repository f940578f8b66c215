namespace Galley.Tests.Contract;

/// <summary>Which way JSON goes: what is sent may be written in ways that no answer has.</summary>
internal enum Direction
{
    Sent,
    Answered,
}
