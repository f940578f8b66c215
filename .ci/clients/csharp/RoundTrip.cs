// Pushes a story and reads it back, with nothing but what was generated from the document. Arguments are named: one more parameter that may be left out breaks nothing.
using System.Net.Http.Headers;
using System.Text.Json;
using Galley.Client;

var (address, key, sample) = (new Uri(args[0]), args[1], JsonDocument.Parse(File.ReadAllText(args[2])).RootElement);
var (headline, standfirst, text) = (sample.GetProperty("headline").GetString()!, sample.GetProperty("standfirst").GetString()!, sample.GetProperty("body").GetProperty("text").GetString()!);
var (passed, failed) = (0, 0);

using var withKey = new HttpClient { BaseAddress = address };
withKey.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
using var withoutKey = new HttpClient { BaseAddress = address };
var (newsroom, reader) = (new GalleyClient(withKey), new GalleyClient(withoutKey));

var first = await PushAsync("https://example.org/a?b=c", Story());
Check("a push creates", (first.StatusCode, first.Result.Outcome, first.Result.ExternalId), (201, "created", "https://example.org/a?b=c"));
Check("its headers", (Header(first, "Location"), Header(first, "ETag")), ($"/v1/manage/articles/{first.Result.Id}", first.Result.Etag));
var second = await PushAsync("https://example.org/a?b=c", Story());
Check("a second one is unchanged", (second.StatusCode, second.Result.Outcome, second.Result.Revision), (200, "unchanged", first.Result.Revision));
// As a client would that knows the members of an article from one side only.
var answered = JsonSerializer.Deserialize<ArticleInput>(JsonSerializer.Serialize(second.Result))!;
var back = await newsroom.ReplaceArticleAsync(first.Result.Id, if_Match: second.Result.Etag, body: answered);
Check("what is answered can be sent back", (back.StatusCode, back.Result.Outcome), (200, "unchanged"));

var read = await reader.GetArticleAsync(first.Result.Id);
var article = read.Result;
Check("the text", (article.Headline, article.Standfirst, string.Join("\n\n", article.Body.Blocks!.Select(block => block.Text))), (headline, standfirst, text));
Check("the section", (article.Section?.Path, article.Section?.Ancestors?.Single().Name), ("international/moyen-orient", "International"));
Check("the tags", string.Join(", ", article.Tags.Select(tag => $"{tag.Kind}:{tag.Slug} {tag.Relation}")), "place:syrie about, person:bashar-al-assad mentions");
Check("its language", (article.Language, article.Direction, Header(read, "Content-Language"), article.PublishedAt), ("fr", "ltr", "fr", sample.GetProperty("publishedAt").GetDateTimeOffset()));
Check("what the client has is not sent again", await StatusAsync(() => reader.GetArticleAsync(first.Result.Id, if_None_Match: Header(read, "ETag"))), 304);

for (var n = 1; n <= 3; n++)
{
    var other = Story();
    other.Headline = $"Anderer {n}";
    await PushAsync($"other-{n}", other);
}

var found = new List<string?>();
string? cursor = null;
do
{
    var list = (await reader.ListArticlesAsync(section: ["international"], tags: "place:syrie", language: ["fr", "en"], sort: Sort.Oldest, limit: 2, cursor: cursor)).Result;
    found.AddRange(list.Data.Select(item => item.Headline));
    cursor = list.Page.Next;
}
while (cursor is not null);
Check("a list is walked to its end", found.Count(name => name!.StartsWith("Anderer", StringComparison.Ordinal)), 3);

var wrong = Story();
(wrong.Urgency, wrong.Section) = (12, new SectionInput { Path = "Not a path" });
try
{
    await PushAsync("refused", wrong);
    Check("all errors come at once", "accepted", "refused");
}
catch (ApiException<Problem> refused)
{
    var errors = string.Join(", ", refused.Result.Errors!.Select(error => $"{error.Pointer} {error.Code}"));
    Check("all errors come at once", (refused.StatusCode, refused.Result.Code, errors), (422, "validation-failed", "/section/path invalid-value, /urgency out-of-range"));
}

Check("a key is needed", await StatusAsync(() => reader.ListKeysAsync()), 401);

Console.WriteLine($"C#: {passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;

ArticleInput Story() => new()
{
    Language = "fr",
    Status = ArticleInputStatus.Published,
    PublishedAt = sample.GetProperty("publishedAt").GetDateTimeOffset(),
    Headline = headline,
    Standfirst = standfirst,
    Section = new SectionInput { Breadcrumb = [.. sample.GetProperty("section").GetProperty("breadcrumb").EnumerateArray().Select(name => name.GetString()!)] },
    Tags = [new TagInput { Kind = TagInputKind.Place, Slug = "syrie" }, new TagInput { Kind = TagInputKind.Person, Name = "Bashar al Assad", Relation = TagInputRelation.Mentions }],
    Body = new BodyInput { Text = text },
};

Task<SwaggerResponse<ManagedArticle>> PushAsync(string externalId, ArticleInput story) =>
    newsroom.PushArticleAsync("csharp", externalId, createMissing: [CreateMissing.Sections, CreateMissing.Tags], body: story);

static string? Header(SwaggerResponse response, string name) => response.Headers.TryGetValue(name, out var values) ? string.Join(", ", values) : null;

static async Task<int> StatusAsync<T>(Func<Task<T>> ask)
{
    try
    {
        await ask();
        return 200;
    }
    catch (ApiException exception)
    {
        return exception.StatusCode;
    }
}

void Check<T>(string what, T given, T expected)
{
    var isSame = EqualityComparer<T>.Default.Equals(given, expected);
    (passed, failed) = isSame ? (passed + 1, failed) : (passed, failed + 1);
    if (!isSame)
        Console.WriteLine($"FAILED: {what}: {given}, expected {expected}");
}
