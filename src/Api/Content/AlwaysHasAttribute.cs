namespace Galley.Content;

/// <summary>Lists members that are always there in an answer whose C# members are all optional.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class AlwaysHasAttribute(params string[] members) : Attribute
{
    public IReadOnlyList<string> Members { get; } = members;
}
