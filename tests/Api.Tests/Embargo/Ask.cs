namespace Galley.Tests.Embargo;

/// <summary>One request as a reader would send it. The address is the route it is meant for; hidden is one that holds something only a hidden article could have taught.</summary>
internal sealed record Ask(string Address, string Target, bool IsHidden)
{
    public string Method { get; init; } = "GET";

    public IReadOnlyList<string> Headers { get; init; } = [];

    public string? Body { get; init; }

    public override string ToString() => string.Join('\n', [$"{Method} {Target}", .. Headers]);
}

/// <summary>An answer as it came over the wire: status, the header lines in their order, the body.</summary>
internal sealed record Answer(int Status, IReadOnlyList<string> Headers, byte[] Body)
{
    public string? Header(string name) =>
        Headers.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } line ? line[(name.Length + 1)..].Trim() : null;

    public bool HasContent => Status is >= 200 and < 300 && Body.Length > 0;
}
