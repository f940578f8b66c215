namespace Galley.Publishing;

/// <summary>Where an article stands or stood: all that the limits of a key ask about.</summary>
internal class Stand
{
    public long SectionId { get; init; }

    public long LanguageId { get; init; }

    public long SourceId { get; init; }
}
