namespace Galley.Content.Body;

/// <summary>What had no block, and in which member it was sent.</summary>
internal readonly record struct DroppedElement(string Pointer, string Detail);
