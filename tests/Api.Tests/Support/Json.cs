using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Galley.Tests.Support;

/// <summary>JSON as tests write and read it.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static HttpContent Body(object value) => Raw(JsonSerializer.Serialize(value, Options));

    /// <summary>As PATCH takes it.</summary>
    public static HttpContent Patch(object value) => Patch(JsonSerializer.Serialize(value, Options));

    public static HttpContent Patch(string json)
    {
        var content = Raw(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/merge-patch+json");
        return content;
    }

    public static HttpContent Raw(string json) => Raw(Encoding.UTF8.GetBytes(json));

    public static HttpContent Raw(byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string address)
    {
        var response = await client.GetAsync(address);
        Assert.True(response.IsSuccessStatusCode, $"GET {address} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static bool Has(this JsonElement element, string name) => element.TryGetProperty(name, out _);

    /// <summary>The pairs of pointer (or parameter, or header) and code in a problem's errors.</summary>
    public static IReadOnlyList<string> Errors(this JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(error =>
            (error.Has("pointer") ? error.Text("pointer") : error.Has("parameter") ? error.Text("parameter") : error.Text("header")) + " " + error.Text("code"))];
}
