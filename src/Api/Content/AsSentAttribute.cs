namespace Galley.Content;

/// <summary>A text that is normalised only once it has been read: in markup, a combining mark after a bracket is no part of the bracket.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AsSentAttribute : Attribute;
