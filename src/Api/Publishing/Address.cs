namespace Galley.Publishing;

/// <summary>Where readers find an edition. Never taken from its document: a section that was moved may not have been carried into it yet.</summary>
internal static class Address
{
    /// <summary>The path of editions under the alias <c>e</c>: language, section path where there is one, slug.</summary>
    public const string Path = "e.language || '/' || coalesce((select s.path || '/' from section s where s.id = e.section_id), '') || e.slug";
}
