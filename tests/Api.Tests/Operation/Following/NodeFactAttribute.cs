namespace Galley.Tests.Operation.Following;

/// <summary>A test that runs a script as its reader would; without Node it says so and is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, "node"))))
            Skip = "Node is not here: install version 20 or later.";
    }
}
