using System.Text.Json;

namespace Galley.Tests.Support;

/// <summary>The whole material: thousands of real stories and hostile inputs, kept outside the repository. GALLEY_MATERIAL says where.</summary>
internal static class Material
{
    public static string? Directory { get; } = Environment.GetEnvironmentVariable("GALLEY_MATERIAL") is { Length: > 0 } path && System.IO.Directory.Exists(path) ? path : null;

    public static string PathOf(params string[] parts) => Path.Combine([Directory!, .. parts]);

    public static IEnumerable<JsonElement> Lines(params string[] parts) =>
        File.ReadLines(PathOf(parts)).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement);
}

/// <summary>A test over the whole material; without it, it says so and is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MaterialFactAttribute : FactAttribute
{
    public MaterialFactAttribute()
    {
        if (Material.Directory is null)
            Skip = "The material is not here: set GALLEY_MATERIAL to its directory.";
    }
}
