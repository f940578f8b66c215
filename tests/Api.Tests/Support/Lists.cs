using System.Text.Json;

namespace Galley.Tests.Support;

/// <summary>Reading lists the way a client does: page by page, until there is no next one.</summary>
public static class Lists
{
    public static IReadOnlyList<JsonElement> Data(this JsonElement list) => [.. list.GetProperty("data").EnumerateArray()];

    public static IReadOnlyList<string> Ids(this JsonElement list) => [.. list.Data().Select(entry => entry.Text("id"))];

    public static string? Next(this JsonElement list) => list.CursorOf("next");

    public static string? Previous(this JsonElement list) => list.CursorOf("previous");

    /// <summary>All pages of a list, from the first one on.</summary>
    public static async Task<IReadOnlyList<JsonElement>> PagesAsync(this HttpClient client, string address)
    {
        var pages = new List<JsonElement> { await client.GetJsonAsync(address) };
        while (pages[^1].Next() is { } next)
        {
            Assert.True(pages.Count < 1_000, $"The walk over {address} does not end.");
            pages.Add(await client.GetJsonAsync(address.WithCursor(next)));
        }

        return pages;
    }

    /// <summary>All entries of a list.</summary>
    public static async Task<IReadOnlyList<JsonElement>> WalkAsync(this HttpClient client, string address) =>
        [.. (await client.PagesAsync(address)).SelectMany(page => page.Data())];

    /// <summary>The ids of all entries of a list.</summary>
    public static async Task<IReadOnlyList<string>> WalkIdsAsync(this HttpClient client, string address) =>
        [.. (await client.WalkAsync(address)).Select(entry => entry.Text("id"))];

    public static string WithCursor(this string address, string cursor) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}";

    private static string? CursorOf(this JsonElement list, string name) => list.GetProperty("page").TryGetProperty(name, out var cursor) ? cursor.GetString() : null;
}
