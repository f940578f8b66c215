using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Embargo;

/// <summary>An article as its sender keeps it: its own id, what was sent last, and what management said of it.</summary>
internal sealed class Story(string source, string externalId)
{
    public string Source => source;

    public string ExternalId => externalId;

    public Dictionary<string, object?> Members { get; init; } = [];

    public string Target => $"/v1/manage/sources/{source}/articles/{externalId}";

    public string Push => $"{Target}?createMissing=sections,tags";

    public string? Id { get; private set; }

    /// <summary>The paths it has, had, or would have.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>The slugs it has or had.</summary>
    public List<string> Slugs { get; } = [];

    /// <summary>Its canonical URL and its aliases, as they were sent last.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    public string? Etag { get; private set; }

    public string State { get; private set; } = "draft";

    public bool HasDraft { get; private set; }

    public string? PendingAt { get; private set; }

    public string? UnpublishAt { get; private set; }

    public string? PublishedAt { get; private set; }

    /// <summary>The later of publication instant and embargo: what it stands under in every list.</summary>
    public string? AppearsAt { get; private set; }

    /// <summary>Whether a hidden revision lies over what the open world sent: its newest is not the open world's.</summary>
    public bool IsCovered { get; set; }

    public string To(string transition) => $"/v1/manage/sources/{source}/{transition}";

    public void Learn(JsonElement answer)
    {
        Id = answer.Text("id");
        if (!Paths.Contains(answer.Text("path")))
            Paths.Add(answer.Text("path"));
        if (!Slugs.Contains(answer.Text("slug")))
            Slugs.Add(answer.Text("slug"));
        Addresses = [.. answer.Has("aliases") ? answer.Texts("aliases") : [], .. answer.Has("canonicalUrl") ? [answer.Text("canonicalUrl")] : Array.Empty<string>()];
        Etag = answer.Text("etag");
        State = answer.Text("state");
        HasDraft = answer.GetProperty("hasDraft").GetBoolean();
        PendingAt = answer.Has("pendingAt") ? answer.Text("pendingAt") : null;
        PublishedAt = answer.Has("publishedAt") ? answer.Text("publishedAt") : null;
        AppearsAt = new[] { PublishedAt, answer.Has("embargoedUntil") ? answer.Text("embargoedUntil") : null }.Max(StringComparer.Ordinal);
        UnpublishAt = answer.Has("unpublishAt") ? answer.Text("unpublishAt") : null;
    }
}
