using System.Text.Json;

namespace Galley.Tests.Support;

/// <summary>What an editor does with an article that is there.</summary>
public static class Desk
{
    public static Task<JsonElement> ManagedAsync(this HttpClient client, string id) => client.GetJsonAsync($"/v1/manage/articles/{id}");

    public static Task<HttpResponseMessage> PublishAsync(this HttpClient client, string id, object? terms = null) =>
        client.PostAsync($"/v1/manage/articles/{id}/publish", terms is null ? null : Json.Body(terms));

    public static Task<HttpResponseMessage> UnpublishAsync(this HttpClient client, string id, object? terms = null) =>
        client.PostAsync($"/v1/manage/articles/{id}/unpublish", terms is null ? null : Json.Body(terms));

    public static Task<HttpResponseMessage> DiscardAsync(this HttpClient client, string id) => client.PostAsync($"/v1/manage/articles/{id}/discard", null);

    public static Task<HttpResponseMessage> TakeDownAsync(this HttpClient client, string id, string reason = "A court said so.") =>
        client.PostAsync($"/v1/manage/articles/{id}/takedown", Json.Body(new { reason }));

    public static Task<HttpResponseMessage> CorrectAsync(this HttpClient client, string id, string text, string kind = "correction", string? at = null) =>
        client.PostAsync($"/v1/manage/articles/{id}/corrections", Json.Body(at is null ? new { kind, text } : new { kind, text, at }));

    public static Task<HttpResponseMessage> RestoreAsync(this HttpClient client, string id, long revision, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Post, $"/v1/manage/articles/{id}/revisions/{revision}/restore", headers);

    /// <summary>Makes a link to a preview.</summary>
    public static Task<HttpResponseMessage> PreviewAsync(this HttpClient client, string id, object? terms = null) =>
        client.PostAsync($"/v1/manage/articles/{id}/preview-links", terms is null ? null : Json.Body(terms));

    /// <summary>Deletes whatever the newest revision is.</summary>
    public static Task<HttpResponseMessage> DeleteArticleAsync(this HttpClient client, string id, string ifMatch = "*") =>
        client.SendAsync(HttpMethod.Delete, $"/v1/manage/articles/{id}", ("If-Match", ifMatch));

    /// <summary>Replaces an article by its id, on condition of <paramref name="ifMatch"/>.</summary>
    public static Task<HttpResponseMessage> ReplaceAsync(this HttpClient client, string id, object article, string? ifMatch = "*") =>
        client.SendAsync(HttpMethod.Put, $"/v1/manage/articles/{id}", Json.Body(article), ifMatch is null ? [] : [("If-Match", ifMatch)]);

    /// <summary>Sends an answer of management back as it is, changed only by <paramref name="changes"/>.</summary>
    public static Task<HttpResponseMessage> PutBackAsync(this HttpClient client, JsonElement article, params (string Member, object? Value)[] changes)
    {
        var members = article.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
        foreach (var (member, value) in changes)
            members[member] = value;

        return client.ReplaceAsync(article.Text("id"), members, article.Text("etag"));
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, HttpMethod method, string address, params (string Name, string Value)[] headers) =>
        client.SendAsync(method, address, null, headers);

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value) || content?.Headers.TryAddWithoutValidation(name, value) == true, $"{name} cannot be sent.");

        return client.SendAsync(request);
    }
}
