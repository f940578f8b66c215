using System.Reflection;
using Galley.Content;

namespace Galley.Http;

/// <summary>Whoever sent a valid key. Without one there is no caller at all: "authenticated, but null" cannot be expressed.</summary>
internal sealed record Caller(string KeyId, IReadOnlySet<string> Scopes, ContentLimits Limits, Instant? ExpiresAt) : IBindableFromHttpContext<Caller>
{
    private static readonly object Place = new();

    /// <summary>A key that was not made for reading reads what anybody reads, where anybody may.</summary>
    public ContentLimits ReadingLimits => May(KeyScope.ContentRead) ? Limits : ContentLimits.None;

    public bool May(string scope) => Scopes.Contains(scope);

    public static Caller? Of(HttpContext context) => context.Items.TryGetValue(Place, out var caller) ? (Caller?)caller : null;

    /// <summary>For handlers that only callers reach.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(Of(context) ?? throw new InvalidOperationException("A handler wants a caller, but its route lets in anybody."));

    public void Enter(HttpContext context) => context.Items[Place] = this;
}

/// <summary>What a key may be allowed to do.</summary>
internal static class KeyScope
{
    public const string ContentRead = "content:read";
    public const string ContentWrite = "content:write";
    public const string ContentPublish = "content:publish";
    public const string TaxonomyWrite = "taxonomy:write";
    public const string DraftsRead = "drafts:read";
    public const string EmbargoRead = "embargo:read";
    public const string PartnersManage = "partners:manage";
    public const string WebhooksManage = "webhooks:manage";
    public const string KeysManage = "keys:manage";
    public const string Ops = "ops";

    /// <summary>Scopes whose every operation keeps to a key's limits, or is closed to a key that has some. The others let see or do what no limit divides.</summary>
    public static readonly IReadOnlyList<string> Limitable = [ContentRead, ContentWrite, ContentPublish, TaxonomyWrite, DraftsRead, KeysManage];

    public static readonly IReadOnlyList<string> All =
        [ContentRead, ContentWrite, ContentPublish, TaxonomyWrite, DraftsRead, EmbargoRead, PartnersManage, WebhooksManage, KeysManage, Ops];
}
