namespace Galley.Publishing;

/// <summary>The one condition under which readers see anything. Every query of delivery has it; time passing changes answers by itself.</summary>
internal static class Visible
{
    /// <summary>For a query over editions or listings without an alias.</summary>
    public const string Now = "from_at <= @now and until_at > @now";

    /// <summary>For editions under the alias <c>e</c>.</summary>
    public const string Edition = "e.from_at <= @now and e.until_at > @now";

    /// <summary>For listings under the alias <c>l</c>.</summary>
    public const string Listing = "l.from_at <= @now and l.until_at > @now";
}
