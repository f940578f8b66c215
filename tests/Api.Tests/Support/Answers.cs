using System.Text.Json;

namespace Galley.Tests.Support;

/// <summary>What tests look for in an answer.</summary>
public static class Answers
{
    /// <summary>Expects a problem document of this status and code.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"Expected {status} {code}, got {(int)response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());

        var problem = await response.JsonAsync();
        Assert.Equal(code, problem.Text("code"));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    /// <inheritdoc cref="ProblemAsync(HttpResponseMessage, int, string)"/>
    public static async Task<JsonElement> ProblemAsync(this Task<HttpResponseMessage> response, int status, string code) => await (await response).ProblemAsync(status, code);

    /// <summary>Expects a status and gives the body as JSON.</summary>
    public static async Task<JsonElement> AnsweredAsync(this Task<HttpResponseMessage> response, int status)
    {
        var answer = await response;
        Assert.True((int)answer.StatusCode == status, $"Expected {status}, got {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    public static async Task<int> StatusAsync(this Task<HttpResponseMessage> response) => (int)(await response).StatusCode;

    /// <summary>A header of the answer or of its content, as one line; null where there is none.</summary>
    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public static string Tag(this HttpResponseMessage response) => response.Headers.ETag!.ToString();

    /// <summary>The pairs of pointer and code in the warnings of a write.</summary>
    public static IReadOnlyList<string> Warnings(this JsonElement article) => article.Has("warnings")
        ? [.. article.GetProperty("warnings").EnumerateArray().Select(warning => $"{warning.Text("pointer")} {warning.Text("code")}")]
        : [];

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    public static bool Flag(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(each => each.GetString()!)];

    /// <summary>The names of all members, in order.</summary>
    public static IReadOnlyList<string> Members(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    /// <summary>The texts of an article's blocks.</summary>
    public static IReadOnlyList<string> Paragraphs(this JsonElement article) => [.. article.Blocks().Select(block => block.Text("text"))];

    public static IReadOnlyList<JsonElement> Blocks(this JsonElement article) => [.. article.GetProperty("body").GetProperty("blocks").EnumerateArray()];
}
