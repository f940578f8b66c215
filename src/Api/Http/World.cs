namespace Galley.Http;

/// <summary>Which of the API's worlds an address belongs to.</summary>
internal enum World
{
    /// <summary>Health, documents, problem pages.</summary>
    Outside,

    /// <summary>What readers may see.</summary>
    Delivery,

    /// <summary>The newsroom's side.</summary>
    Management,
}

/// <summary>Tells the worlds apart, by address alone, so that an answer of no route at all has its world's headers too.</summary>
internal static class Worlds
{
    private static readonly PathString ManagementRoot = new("/v1/manage");
    private static readonly PathString DeliveryRoot = new("/v1");

    // What follows is a secret.
    private const string PreviewRoot = "/preview";

    /// <summary>The address that was asked, as an answer may repeat it: not what follows a preview's root, wherever somebody came to look for it.</summary>
    public static string InstanceOf(HttpContext context)
    {
        if (IsPreview(context.Request.Path))
            return PreviewRoot;

        var path = RawTarget.PathOf(context);
        var root = context.GetEndpoint() is null ? path.IndexOf(PreviewRoot, StringComparison.OrdinalIgnoreCase) : -1;
        return root < 0 ? path : path[..(root + PreviewRoot.Length)];
    }

    /// <summary>Whether an address is one of previews, or was meant to be: slashes too many are easily made.</summary>
    public static bool IsPreview(PathString path) => path.Value.AsSpan().TrimStart('/').StartsWith(PreviewRoot.AsSpan(1), StringComparison.OrdinalIgnoreCase);

    public static World Of(PathString path) =>
        path.StartsWithSegments(ManagementRoot) ? World.Management
        : path.StartsWithSegments(DeliveryRoot) ? World.Delivery
        : World.Outside;
}
