namespace Galley.Tests.Support;

/// <summary>What an editor does with sections and tags.</summary>
public static class TaxonomyDesk
{
    public static Task<HttpResponseMessage> PutSectionAsync(this HttpClient client, string path, object section, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Put, $"/v1/manage/sections/{path}", Json.Body(section), headers);

    public static Task<HttpResponseMessage> MoveSectionAsync(this HttpClient client, string from, string to, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Post, "/v1/manage/section-moves", Json.Body(new { from, to }), headers);

    /// <summary>Puts a tag, named as <c>kind:slug</c>.</summary>
    public static Task<HttpResponseMessage> PutTagAsync(this HttpClient client, string tag, object body, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Put, AddressOf(tag), Json.Body(body), headers);

    public static Task<HttpResponseMessage> MergeTagsAsync(this HttpClient client, string from, string into, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Post, "/v1/manage/tag-merges", Json.Body(new { from, into }), headers);

    public static string AddressOf(string tag) => $"/v1/manage/tags/{tag.Replace(':', '/')}";
}
