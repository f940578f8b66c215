using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Feeds;

/// <summary>Reading feeds the way a client does.</summary>
internal static class Feeds
{
    public static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    public static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    public static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    public static readonly XNamespace Terms = "http://purl.org/dc/terms/";
    public static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    public static readonly IReadOnlyList<string> Formats = ["rss", "atom", "json"];

    public static string Address(string format, string query = "") => $"/v1/feeds/{format}{(query.Length == 0 ? query : $"?{query}")}";

    /// <summary>A page of XML; strictly read.</summary>
    public static async Task<XElement> XmlAsync(this HttpClient client, string address)
    {
        using var reader = XmlReader.Create(new MemoryStream(await client.GetByteArrayAsync(address)), new XmlReaderSettings { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
    }

    /// <summary>The ids of a page, and its next one.</summary>
    public static async Task<(IReadOnlyList<string> Ids, string? Next)> PageAsync(this HttpClient client, string format, string address)
    {
        if (format == "json")
        {
            var page = await client.GetJsonAsync(address);
            return ([.. page.GetProperty("items").EnumerateArray().Select(item => item.Text("id")[9..])], page.TextOrNull("next_url"));
        }

        var feed = await client.XmlAsync(address);
        var ids = format == "rss" ? feed.Descendants("guid") : feed.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!);
        return ([.. ids.Select(id => id.Value[9..])], feed.LinkOf("next"));
    }

    /// <summary>The ids of all pages.</summary>
    public static async Task<IReadOnlyList<string>> WalkFeedAsync(this HttpClient client, string format, string query)
    {
        var (ids, next) = (new List<string>(), (string?)Address(format, query));
        for (var pages = 0; next is not null; pages++)
        {
            Assert.True(pages < 1_000, $"The walk over {format} does not end.");
            (var page, next) = await client.PageAsync(format, next);
            ids.AddRange(page);
            next = next is null ? null : new Uri(next).PathAndQuery;
        }

        return ids;
    }

    public static async Task<XElement> RssItemAsync(this HttpClient client, string query) => (await client.XmlAsync(Address("rss", query))).Descendants("item").Single();

    public static async Task<XElement> AtomEntryAsync(this HttpClient client, string query) => (await client.XmlAsync(Address("atom", query))).Elements(Atom + "entry").Single();

    public static async Task<JsonElement> JsonItemAsync(this HttpClient client, string query) => (await client.GetJsonAsync(Address("json", query))).GetProperty("items").EnumerateArray().Single();

    /// <summary>Where a link of the feed itself leads, the first of its relation.</summary>
    public static string? LinkOf(this XElement feed, string relation) =>
        (feed.Element("channel") ?? feed).Elements(Atom + "link").FirstOrDefault(link => link.Attribute("rel")!.Value == relation)?.Attribute("href")!.Value;
}
