using System.Net;
using Galley.Content;

namespace Galley;

/// <summary>Where the server listens, as <c>urls</c> says it: addresses parted by semicolons, some of which stand for every address of the machine.</summary>
internal static class ListenUrls
{
    /// <summary>One line for each address that the server cannot listen on.</summary>
    public static IEnumerable<string> MistakesIn(string urls) => Split(urls) switch
    {
        [] => ["urls is empty. It names where to listen, such as http://127.0.0.1:8080."],
        var all => all.Select(MistakeIn).OfType<string>(),
    };

    /// <summary>The first address as somebody on this machine would call it; null where nobody can listen on it.</summary>
    public static string? GuessPublicUrl(string urls) => Split(urls) is [var first, ..] ? Reachable(first) : null;

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static string? MistakeIn(string url)
    {
        if (url.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            return $"urls has {url}, but Galley listens with http only. Let a proxy in front of it speak https, and set Galley:PublicUrl.";

        return Reachable(url) is null ? $"urls has {url}, which is not an address to listen on such as http://127.0.0.1:8080." : null;
    }

    private static string? Reachable(string url)
    {
        if (Parse(url) is not { PathBase: "" } address || !address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase))
            return null;

        if (address.IsUnixPipe)
            return "http://localhost";

        var host = IsEverywhere(address.Host) ? "localhost" : address.Host;
        // The framework takes any other text for a name, and listens everywhere.
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return null;

        // It chooses a free port for one address only, and this name has two.
        return address is { Host: "localhost", Port: 0 } ? null : WebAddress.Normalize($"http://{host}:{address.Port}");
    }

    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsEverywhere(string host) =>
        host is "+" or "*" || (IPAddress.TryParse(host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
}
