using System.Text;

namespace Galley.Content.Body;

/// <summary>Whose players and posts may be embedded: the addresses their embedding codes hold, and the one under which a person watches or reads the same.</summary>
internal static class EmbedProviders
{
    // Of a pattern a star is one segment, or the value of a query parameter; in the address {0} is the first of them.
    private static readonly Known[] All =
    [
        new("youtube", "youtube.com", "/embed/videoseries?list=*", "https://www.youtube.com/playlist?list={0}"),
        new("youtube", "youtube.com", "/playlist?list=*", "https://www.youtube.com/playlist?list={0}"),
        new("youtube", "youtube.com", "/watch?v=*", "https://www.youtube.com/watch?v={0}"),
        new("youtube", "youtube.com", "/embed/*", "https://www.youtube.com/watch?v={0}"),
        new("youtube", "youtube.com", "/shorts/*", "https://www.youtube.com/watch?v={0}"),
        new("youtube", "youtube.com", "/live/*", "https://www.youtube.com/watch?v={0}"),
        new("youtube", "youtube-nocookie.com", "/embed/*", "https://www.youtube.com/watch?v={0}"),
        new("youtube", "youtu.be", "/*", "https://www.youtube.com/watch?v={0}"),
        new("vimeo", "player.vimeo.com", "/video/*?h=*", "https://vimeo.com/{0}/{1}"),
        new("vimeo", "player.vimeo.com", "/video/*", "https://vimeo.com/{0}"),
        new("vimeo", "vimeo.com", "/*/*", "https://vimeo.com/{0}/{1}"),
        new("vimeo", "vimeo.com", "/*", "https://vimeo.com/{0}"),
        new("dailymotion", "dailymotion.com", "/embed/video/*", "https://www.dailymotion.com/video/{0}"),
        new("dailymotion", "dailymotion.com", "/video/*", "https://www.dailymotion.com/video/{0}"),
        new("dailymotion", "geo.dailymotion.com", "/player.html?video=*", "https://www.dailymotion.com/video/{0}"),
        new("dailymotion", "dai.ly", "/*", "https://www.dailymotion.com/video/{0}"),
        new("x", "twitter.com", "/*/status/*", "https://x.com/{0}/status/{1}"),
        new("x", "x.com", "/*/status/*", "https://x.com/{0}/status/{1}"),
        new("bluesky", "bsky.app", "/profile/*/post/*", "https://bsky.app/profile/{0}/post/{1}"),
        new("bluesky", "embed.bsky.app", "/embed/*/app.bsky.feed.post/*", "https://bsky.app/profile/{0}/post/{1}"),
        new("instagram", "instagram.com", "/p/*", "https://www.instagram.com/p/{0}/"),
        new("instagram", "instagram.com", "/p/*/embed", "https://www.instagram.com/p/{0}/"),
        new("instagram", "instagram.com", "/reel/*", "https://www.instagram.com/reel/{0}/"),
        new("instagram", "instagram.com", "/reel/*/embed", "https://www.instagram.com/reel/{0}/"),
        new("threads", "threads.net", "/*/post/*", "https://www.threads.net/{0}/post/{1}"),
        new("tiktok", "tiktok.com", "/*/video/*", "https://www.tiktok.com/{0}/video/{1}"),
        new("facebook", "facebook.com", "/*/posts/*", "https://www.facebook.com/{0}/posts/{1}"),
        new("facebook", "facebook.com", "/*/videos/*", "https://www.facebook.com/{0}/videos/{1}"),
        new("facebook", "facebook.com", "/watch?v=*", "https://www.facebook.com/watch?v={0}"),
        new("spotify", "open.spotify.com", "/embed/*/*", "https://open.spotify.com/{0}/{1}"),
        new("spotify", "open.spotify.com", "/*/*", "https://open.spotify.com/{0}/{1}"),
        new("soundcloud", "soundcloud.com", "/*/*", "https://soundcloud.com/{0}/{1}"),
        new("datawrapper", "datawrapper.dwcdn.net", "/*", "https://datawrapper.dwcdn.net/{0}/"),
        new("datawrapper", "datawrapper.dwcdn.net", "/*/*", "https://datawrapper.dwcdn.net/{0}/"),
        new("flourish", "flo.uri.sh", "/visualisation/*/embed", "https://public.flourish.studio/visualisation/{0}/"),
        new("flourish", "public.flourish.studio", "/visualisation/*", "https://public.flourish.studio/visualisation/{0}/"),
    ];

    // Players that hold the address of what they play.
    private static readonly (string Host, string Path, string Parameter)[] Wrappers =
    [
        ("facebook.com", "/plugins/post.php", "href"), ("facebook.com", "/plugins/video.php", "href"), ("w.soundcloud.com", "/player", "url"),
    ];

    private static readonly string[] Prefixes = ["www.", "m.", "mobile."];

    /// <summary>The embed that an address stands for; null where nobody on the list has it.</summary>
    public static Block? Find(string? address)
    {
        if (address is null || Parse(address) is not { } url)
            return null;

        var host = HostOf(url);
        var path = url.AbsolutePath.TrimEnd('/');
        var wrapper = Array.Find(Wrappers, each => each.Host == host && each.Path == path);
        if (wrapper.Parameter is not null)
            return Parameter(url, wrapper.Parameter) is { } inner && Parse(inner) is { } wrapped ? Find(wrapped) : null;

        return Find(url);
    }

    /// <summary>Whether an address can be a provider's own. Of one that is on no list anything can: whoever shows embeds does not know it either.</summary>
    public static bool MayHave(string provider, string address) =>
        All.All(known => !known.Provider.Equals(provider, StringComparison.OrdinalIgnoreCase)) || string.Equals(Find(address)?.Provider, provider, StringComparison.OrdinalIgnoreCase);

    private static Block? Find(Uri url)
    {
        var host = HostOf(url);
        foreach (var known in All.Where(known => known.Host == host))
        {
            if (Match(known, url) is { } values)
                return new Block { Type = "embed", Provider = known.Provider, Url = string.Format(null, CompositeFormat.Parse(known.Address), [.. values]) };
        }

        return null;
    }

    private static Uri? Parse(string address)
    {
        var absolute = address.StartsWith("//", StringComparison.Ordinal) ? $"https:{address}" : address;
        return HtmlAddress.Web(absolute) is { } clean ? new Uri(clean) : null;
    }

    private static string HostOf(Uri url)
    {
        var host = url.Host;
        foreach (var prefix in Prefixes)
            host = host.StartsWith(prefix, StringComparison.Ordinal) ? host[prefix.Length..] : host;
        return host;
    }

    private static List<string>? Match(Known known, Uri url)
    {
        var parts = known.Pattern.Split('?');
        var (expected, found) = (parts[0].Split('/'), url.AbsolutePath.TrimEnd('/').Split('/'));
        if (expected.Length != found.Length)
            return null;

        var values = new List<string>();
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i] == "*" && IsName(found[i]))
                values.Add(found[i]);
            else if (expected[i] != found[i])
                return null;
        }

        if (parts.Length == 1)
            return values;

        var value = Parameter(url, parts[1].Split('=')[0]);
        return value is not null && IsName(value) ? [.. values, value] : null;
    }

    private static string? Parameter(Uri url, string name) =>
        url.Query.TrimStart('?').Split('&').Where(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal)).Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..])).FirstOrDefault();

    // What names a video, a post or a person: nothing that could lead elsewhere.
    private static bool IsName(string text) => text.Length is > 0 and <= 100 && text.Trim('.').Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '@' or ':');

    private sealed record Known(string Provider, string Host, string Pattern, string Address);
}
