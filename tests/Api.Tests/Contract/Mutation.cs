using System.Text.Json.Nodes;

namespace Galley.Tests.Contract;

/// <summary>A body changed in one place, and whether the contract still allows it.</summary>
internal sealed record Mutation(string Pointer, string What, bool IsAllowed, JsonNode Body)
{
    public override string ToString() => $"{(Pointer.Length == 0 ? "(the whole)" : Pointer)}: {What}";
}
