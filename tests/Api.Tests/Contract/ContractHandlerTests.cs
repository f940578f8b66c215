using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>The check of every answer, checked: an answer in order passes, and each way of breaking the contract is noticed and named.</summary>
public sealed class ContractHandlerTests
{
    private const string Tree = """{"data":[{"path":"world","name":"World","children":[{"path":"world/asia","name":"Asia","children":[]}]}]}""";

    private const string Missing = """
        {"type":"/problems/not-found","title":"There is nothing here","status":404,"detail":"Nothing.","instance":"/v1/tags/place/x","code":"not-found","traceId":"1"}
        """;

    [Fact]
    public async Task An_answer_in_order_passes()
    {
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Delivered(200, Tree))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(Failed(404, Missing), "/v1/tags/place/x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(Failed(404, Missing), "/v1/nowhere")).StatusCode);
    }

    [Theory]
    [InlineData("""{"data":[],"secret":1}""", "/secret is declared nowhere")]
    [InlineData("""{"data":[{"path":"world","name":"World","children":[{"path":"a","name":"A","children":[],"id":7}]}]}""", "/data/0/children/0/id is declared nowhere")]
    [InlineData("""{}""", "has no member \"data\"")]
    [InlineData("""{"data":{}}""", "/data is {}; type is \"array\"")]
    [InlineData("""{"data":[{"path":"world","name":null,"children":[]}]}""", "/data/0/name is null; type is \"string\"")]
    public async Task A_body_that_breaks_its_schema_is_noticed_with_its_pointer(string body, string fault) =>
        await AssertBrokenAsync(Delivered(200, body), "/v1/section-tree", "GetSectionTree", fault);

    [Theory]
    [InlineData("""{"data":[{"kind":"planet","slug":"x","name":"X","names":{}}],"page":{}}""", "/data/0/kind is \"planet\"; x-extensible-enum")]
    [InlineData("""{"data":[{"kind":"place","slug":"x","name":"X","names":{"fr":1}}],"page":{}}""", "/data/0/names/fr is 1; type is \"string\"")]
    public async Task A_value_that_the_contract_does_not_list_is_noticed(string body, string fault) => await AssertBrokenAsync(Delivered(200, body), "/v1/tags", "ListTags", fault);

    [Fact]
    public async Task A_status_that_is_not_declared_is_noticed() =>
        await AssertBrokenAsync(Delivered(202, Tree), "/v1/section-tree", "GetSectionTree", "answers 202, which it does not declare");

    [Fact]
    public async Task Another_media_type_is_noticed() =>
        await AssertBrokenAsync(Delivered(200, Tree, "text/json"), "/v1/section-tree", "GetSectionTree", "has the media type text/json");

    [Theory]
    [InlineData("ETag", "has no header ETag")]
    [InlineData("Cache-Control", "has no header Cache-Control")]
    [InlineData("Vary", "has no header Vary")]
    [InlineData("Access-Control-Allow-Origin", "does not let browsers of any origin read delivery")]
    public async Task A_header_that_is_not_there_is_noticed(string header, string fault)
    {
        var response = Delivered(200, Tree);
        response.Headers.Remove(header);

        await AssertBrokenAsync(response, "/v1/section-tree", "GetSectionTree", fault);
    }

    [Fact]
    public async Task A_weak_tag_is_noticed()
    {
        var response = Delivered(200, Tree);
        response.Headers.ETag = new EntityTagHeaderValue("\"x\"", isWeak: true);

        await AssertBrokenAsync(response, "/v1/section-tree", "GetSectionTree", "is not a strong one");
    }

    [Fact]
    public async Task A_body_where_none_belongs_is_noticed() =>
        await AssertBrokenAsync(Delivered(304, Tree), "/v1/section-tree", "GetSectionTree", "has a body of");

    [Fact]
    public async Task An_answer_of_management_that_may_be_stored_is_noticed()
    {
        var response = Delivered(200, """{"data":[],"page":{}}""");

        await AssertBrokenAsync(response, "/v1/manage/keys", "ListKeys", "may be stored");
    }

    [Theory]
    [InlineData("\"status\":404", "\"status\":400", "/status is 400, but the status is 404")]
    [InlineData("\"code\":\"not-found\"", "\"code\":\"no-such-code\"", "no-such-code")]
    [InlineData("\"code\":\"not-found\"", "\"code\":\"gone\"", "/code is gone, which belongs to 410, not to 404")]
    [InlineData("/problems/not-found", "/problems/gone", "/type is /problems/gone")]
    [InlineData(",\"traceId\":\"1\"", "", "/traceId is not there")]
    [InlineData(",\"instance\":\"/v1/tags/place/x\"", "", "/instance is not there")]
    [InlineData("\"detail\":\"Nothing.\"", "\"detail\":\"at Galley.Http.Edge.Run(String)\"", "gives away the inside")]
    [InlineData("\"detail\":\"Nothing.\"", "\"detail\":\"An ArgumentException\"", "gives away the inside")]
    [InlineData("\"traceId\"", "\"stackTrace\":\"…\",\"traceId\"", "/stackTrace is declared nowhere")]
    public async Task A_problem_that_is_not_in_order_is_noticed(string part, string broken, string fault) =>
        await AssertBrokenAsync(Failed(404, Missing.Replace(part, broken, StringComparison.Ordinal)), "/v1/tags/place/x", "GetTag", fault);

    [Fact]
    public async Task A_failure_without_a_problem_is_noticed_anywhere() =>
        await AssertBrokenAsync(Failed(404, "Not found", "text/plain"), "/health/nowhere", "GET /health/nowhere", "failures are application/problem+json");

    [Fact]
    public async Task An_address_that_the_contract_does_not_know_is_noticed() =>
        await AssertBrokenAsync(Delivered(200, "{}"), "/v1/secrets", "GET /v1/secrets", "is an address that the contract does not know");

    [Fact]
    public async Task A_method_that_the_contract_does_not_know_is_noticed() =>
        await AssertBrokenAsync(Delivered(200, "{}"), "/v1/tags", "DELETE /v1/tags", "is a method that the contract does not know here", new HttpRequestMessage(HttpMethod.Delete, "/v1/tags"));

    [Theory]
    [InlineData("""{"scopes":["content:read"],"secret":1}""", "/secret is declared nowhere")]
    [InlineData("""{"scopes":[]}""", "/scopes is []; minItems is 1")]
    [InlineData("""{"scopes":["everything"]}""", "/scopes/0 is \"everything\"; enum")]
    [InlineData("", "was accepted without a body")]
    public async Task A_request_that_is_accepted_against_the_contract_is_noticed(string body, string fault)
    {
        var response = Delivered(201, """{"id":"x","scopes":["content:read"],"createdAt":"2026-01-15T09:00:00Z"}""");
        response.Headers.CacheControl = new CacheControlHeaderValue { NoStore = true };
        response.Headers.Remove("Access-Control-Allow-Origin");
        response.Headers.Location = new Uri("/v1/manage/keys/x", UriKind.Relative);

        await AssertBrokenAsync(response, "/v1/manage/keys", "CreateKey", fault, new HttpRequestMessage(HttpMethod.Post, "/v1/manage/keys") { Content = Json.Raw(body) });
    }

    [Fact]
    public async Task A_compressed_answer_is_read_before_it_is_judged()
    {
        await AssertBrokenAsync(Compressed("""{"data":[],"secret":1}"""), "/v1/section-tree", "GetSectionTree", "/secret is declared nowhere");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Compressed(Tree))).StatusCode);
    }

    [Fact]
    public async Task A_tag_in_the_body_that_is_not_the_header_s_is_noticed() =>
        await AssertBrokenAsync(Delivered(200, """{"etag":"\"y\""}"""), "/v1/manage/articles/x", "GetManagedArticle", "/etag is \"y\", but the header ETag is \"x\"");

    [Fact]
    public async Task What_the_parser_refuses_needs_no_problem_and_what_the_application_refuses_does()
    {
        Assert.Equal(431, (int)(await AskAsync(new HttpResponseMessage((HttpStatusCode)431))).StatusCode);

        var response = new HttpResponseMessage((HttpStatusCode)431);
        response.Headers.Add("X-Content-Type-Options", "nosniff");
        await AssertBrokenAsync(response, "/v1/section-tree", "GetSectionTree", "failures are application/problem+json");
    }

    [Theory]
    [InlineData("/v1/section-tree?lang=fr", "with the parameter lang, which is not declared")]
    [InlineData("/v1/section-tree?language=f", "the parameter language breaks the contract")]
    public async Task A_query_that_is_accepted_against_the_contract_is_noticed(string address, string fault) => await AssertBrokenAsync(Delivered(200, Tree), address, "GetSectionTree", fault);

    private static async Task AssertBrokenAsync(HttpResponseMessage response, string address, string operation, string fault, HttpRequestMessage? request = null)
    {
        var broken = await Assert.ThrowsAsync<BrokenContractException>(() => AskAsync(response, address, request));

        Assert.StartsWith(operation, broken.Message, StringComparison.Ordinal);
        Assert.Contains(fault, broken.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpResponseMessage response, string address = "/v1/section-tree", HttpRequestMessage? request = null)
    {
        using var client = new HttpClient(new ContractHandler(new Saying(response))) { BaseAddress = new Uri("http://news.example.org") };
        return await client.SendAsync(request ?? new HttpRequestMessage(HttpMethod.Get, address));
    }

    private static HttpResponseMessage Delivered(int status, string body, string mediaType = "application/json")
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        response.Headers.ETag = new EntityTagHeaderValue("\"x\"");
        response.Headers.CacheControl = new CacheControlHeaderValue { Public = true };
        response.Headers.TryAddWithoutValidation("Vary", "Authorization, Accept-Encoding");
        response.Headers.TryAddWithoutValidation("Access-Control-Allow-Origin", "*");
        return response;
    }

    private static HttpResponseMessage Compressed(string body)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(body));

        var response = Delivered(200, string.Empty);
        response.Content = new ByteArrayContent(bytes.ToArray());
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        response.Content.Headers.ContentEncoding.Add("gzip");
        return response;
    }

    private static HttpResponseMessage Failed(int status, string body, string mediaType = "application/problem+json") => Delivered(status, body, mediaType);

    /// <summary>A server that says one thing.</summary>
    private sealed class Saying(HttpResponseMessage response) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }
}
