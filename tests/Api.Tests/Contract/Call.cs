using System.Net.Http.Headers;
using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>A request in the making.</summary>
internal sealed record Call(HttpMethod Method, string Address)
{
    public string? Body { get; init; }

    public string? Key { get; init; } = Newsroom.AdminKey;

    /// <summary>Headers beside Authorization.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Content in another form than plain JSON.</summary>
    public HttpContent? Content { get; init; }

    public static Call Get(string address) => new(HttpMethod.Get, address) { Key = null };

    public static Call Manage(HttpMethod method, string address, object? body = null) =>
        new(method, address) { Body = body is null ? null : System.Text.Json.JsonSerializer.Serialize(body) };

    public string MediaType => Method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json";

    public Call With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    public Call Without(string header) => this with { Headers = Headers.Where(pair => pair.Key != header).ToDictionary() };

    public Call Asking(string query) => this with { Address = $"{Address}{(Address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}" };

    public Task<HttpResponseMessage> SendAsync(HttpClient client)
    {
        var request = new HttpRequestMessage(Method, Address) { Content = Content ?? (Body is null ? null : Json.Raw(Body)) };
        if (Content is null && request.Content?.Headers.ContentType is { } type)
            type.MediaType = MediaType;
        if (Key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return client.SendAsync(request);
    }
}
