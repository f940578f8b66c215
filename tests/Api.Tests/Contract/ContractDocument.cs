using System.Text.Json;

namespace Galley.Tests.Contract;

/// <summary>The committed contract: its operations, and its schemas by reference.</summary>
internal sealed class ContractDocument
{
    public ContractDocument(string json)
    {
        Root = JsonDocument.Parse(json).RootElement;
        Operations = [.. Root.GetProperty("paths").EnumerateObject().SelectMany(OperationsOf)];
    }

    public static ContractDocument Committed { get; } = new(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openapi", "v1.json")));

    public JsonElement Root { get; }

    public IReadOnlyList<ContractOperation> Operations { get; }

    public JsonElement Schema(string name) => Root.GetProperty("components").GetProperty("schemas").GetProperty(name);

    /// <summary>What the element says itself, or what it refers to.</summary>
    public JsonElement Resolve(JsonElement element)
    {
        while (element.TryGetProperty("$ref", out var reference))
            element = At(reference.GetString()!);

        return element;
    }

    /// <summary>The operations at an address, whatever their method; of several templates that fit the one that routing would take.</summary>
    public IReadOnlyList<ContractOperation> At(Uri address)
    {
        var fitting = Operations.Where(operation => operation.Template.Values(address) is not null).ToList();
        var nearest = fitting.Select(operation => operation.Template).Min(template => template.Rank);
        return [.. fitting.Where(operation => operation.Template.Rank == nearest)];
    }

    private JsonElement At(string reference)
    {
        var element = Root;
        foreach (var step in reference.Split('/').Skip(1))
            element = element.GetProperty(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

        return element;
    }

    private IEnumerable<ContractOperation> OperationsOf(JsonProperty path) => path.Value.EnumerateObject().Select(method => new ContractOperation(path.Name, method.Name, method.Value, this));
}
