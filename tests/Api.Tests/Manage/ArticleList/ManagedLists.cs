using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.ArticleList;

/// <summary>Asking for the newsroom's list.</summary>
internal static class ManagedLists
{
    public const string Address = "/v1/manage/articles";

    public static async Task<IReadOnlyList<string>> ListedAsync(this HttpClient client, string query) => (await client.GetJsonAsync($"{Address}?{query}")).Ids();

    public static Task<IReadOnlyList<string>> WalkedAsync(this HttpClient client, string query) => client.WalkIdsAsync($"{Address}?{query}");

    /// <summary>What is expected of an entry, or of the article itself: all but the body.</summary>
    public static IReadOnlyList<string> WithoutBody(this JsonElement article) =>
        [.. article.EnumerateObject().Where(member => member.Name != "body").Select(member => $"{member.Name}: {member.Value.GetRawText()}")];
}
