namespace Galley.Content.Body;

/// <summary>A text with marks on stretches of it. Whoever changes the text moves the marks.</summary>
internal interface IMarkedText
{
    string? Text { get; }

    IReadOnlyList<Mark>? Marks { get; }
}
