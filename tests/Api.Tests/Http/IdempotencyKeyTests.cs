using System.Net;
using System.Security.Cryptography;
using System.Text;
using Galley.Http;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Http;

/// <summary>A script that was cut off sends its request again, and nothing happens twice.</summary>
public sealed class IdempotencyKeyTests : IAsyncLifetime
{
    private const string Articles = "/v1/manage/articles";

    private readonly Newsroom _newsroom = new();

    private HttpClient Admin => _newsroom.Admin;

    public Task InitializeAsync() => _newsroom.InitializeAsync();

    public Task DisposeAsync() => _newsroom.DisposeAsync();

    [Fact]
    public async Task Quoted_and_bare_are_the_same()
    {
        var (article, key) = (Given.Article(), Own.Word("key"));
        var first = await PostAsync(article, key);

        var again = new[] { await PostAsync(article, $"\"{key}\""), await PostAsync(article, $"  {key} ") };

        Assert.All(again, each => Assert.Equal("true", each.Header("Idempotency-Replayed")));
        Assert.Equal(first.Header("Location"), again[0].Header("Location"));
        Assert.Equal(1, await CountAsync(article));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"open")]
    [InlineData("in\"side")]
    [InlineData("two words")]
    [InlineData("a,\tb")]
    public async Task That_is_none_is_refused(string key)
    {
        var problem = await PostAsync(Given.Article(), key).ProblemAsync(400, "invalid-parameter");

        Assert.Equal(["Idempotency-Key invalid-header"], problem.Errors());
    }

    [Fact]
    public async Task Has_255_characters_at_most()
    {
        await PostAsync(Given.Article(), new string('k', 256)).ProblemAsync(400, "invalid-parameter");
        await PostAsync(Given.Article(), new string('k', 255)).AnsweredAsync(201);
    }

    [Fact]
    public async Task With_another_body_is_refused()
    {
        var key = Own.Word("key");
        await PostAsync(Given.Article(), key).AnsweredAsync(201);

        await PostAsync(Given.Article(), key).ProblemAsync(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task With_a_body_that_is_not_read_is_refused_as_that()
    {
        var key = Own.Word("key");
        await SendAsync(Json.Raw("{}")).ProblemAsync(422, "validation-failed");

        await SendAsync(new StringContent("{}", Encoding.UTF8, "text/plain")).ProblemAsync(415, "unsupported-media-type");
        await SendAsync(Json.Raw(new string(' ', (256 * 1024) + 1))).ProblemAsync(413, "too-large");

        Task<HttpResponseMessage> SendAsync(HttpContent body)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/v1/manage/tag-merges") { Content = body };
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            return Admin.SendAsync(request);
        }
    }

    [Fact]
    public async Task Belongs_to_one_address_with_its_query_and_to_one_key()
    {
        var (article, key) = (Given.Article(), Own.Word("key"));
        var other = await _newsroom.ClientMayAsync("content:write", "content:publish");

        HttpResponseMessage[] answers =
        [
            await PostAsync(article, key), await PostAsync(article, key, address: $"{Articles}?createMissing=tags"), await PostAsync(article, key, client: other), await PostAsync(article, key + "2"),
        ];

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Created, null), (answer.StatusCode, answer.Header("Idempotency-Replayed"))));
        Assert.Equal(4, await CountAsync(article));
    }

    [Fact]
    public async Task Is_answered_again_only_to_whom_it_would_be_answered_now()
    {
        var made = await Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:write", "content:publish" } })).AnsweredAsync(201);
        var (script, article, key) = (_newsroom.Client(made.Text("key")), Given.Article(), Own.Word("key"));
        await PostAsync(article, key, client: script).AnsweredAsync(201);

        await WriteAsync("update api_key set scopes = 'content:read' where id = @id", new { id = made.Text("id") });
        await PostAsync(article, key, client: script).ProblemAsync(403, "insufficient-scope");
        await WriteAsync("update api_key set scopes = 'content:write content:publish' where id = @id", new { id = made.Text("id") });
        Assert.Equal("true", (await PostAsync(article, key, client: script)).Header("Idempotency-Replayed"));
        await Admin.SendAsync(HttpMethod.Delete, $"/v1/manage/keys/{made.Text("id")}");
        await PostAsync(article, key, client: script).ProblemAsync(401, "invalid-credentials");
    }

    [Fact]
    public async Task Tells_nothing_of_an_article_that_has_left_the_limits_of_the_key()
    {
        await Admin.PushedAsync(Given.Article().In("culture"));
        await Admin.PushedAsync(Given.Article().In("politics"));
        var made = await Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:write", "content:publish" }, limits = new { sections = new[] { "culture" } } })).AnsweredAsync(201);
        var (script, article, key) = (_newsroom.Client(made.Text("key")), Given.Article().In("culture"), Own.Word("key"));
        var created = await PostAsync(article, key, client: script).AnsweredAsync(201);
        Assert.Equal("true", (await PostAsync(article, key, client: script)).Header("Idempotency-Replayed"));

        await Admin.ReplaceAsync(created.Text("id"), Given.Article().In("politics").Build()).AnsweredAsync(200);

        await PostAsync(article, key, client: script).ProblemAsync(403, "outside-constraint");
    }

    [Fact]
    public async Task Under_way_is_409_until_it_is_answered()
    {
        var (article, key) = (Given.Article(), Own.Word("key"));
        using var gate = new Gate(_newsroom.Services.GetRequiredService<Writer>());
        var first = PostAsync(article, key);
        await UnderWayAsync();

        var second = await PostAsync(article, key);
        var other = await PostAsync(Given.Article(), key);

        Assert.All(new[] { second, other }, answer => Assert.Equal("1", answer.Header("Retry-After")));
        await second.ProblemAsync(409, "request-in-progress");
        gate.Open();
        var answered = await first.AnsweredAsync(201);
        Assert.Equal(answered.Text("id"), (await PostAsync(article, key).AnsweredAsync(201)).Text("id"));
        Assert.Equal(1, await CountAsync(article));
    }

    [Fact]
    public async Task Many_at_once_make_one_article()
    {
        var (article, key) = (Given.Article(), Own.Word("key"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => PostAsync(article, key))));

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict));
        Assert.Single(answers.Where(answer => answer.StatusCode == HttpStatusCode.Created).Select(answer => answer.Header("Location")).Distinct());
        Assert.Equal(1, await CountAsync(article));
    }

    [Fact]
    public async Task Of_a_request_that_is_wrong_in_itself_is_answered_the_same_and_is_used_up()
    {
        var key = Own.Word("key");
        var wrong = Given.Article().With("urgency", 12);
        var first = await PostAsync(wrong, key);
        await first.ProblemAsync(422, "validation-failed");

        var again = await PostAsync(wrong, key);

        Assert.Equal((null, "true"), (first.Header("Idempotency-Replayed"), again.Header("Idempotency-Replayed")));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await PostAsync(wrong.With("urgency", 3), key).ProblemAsync(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Of_a_request_that_the_present_state_stood_against_is_free_for_the_same_request()
    {
        var (article, key, section) = (Given.Article(), Own.Word("key"), Own.Section());
        await PostAsync(article.In(section), key).ProblemAsync(422, "validation-failed");
        await Admin.PutSectionAsync(section, new { }).AnsweredAsync(201);

        var made = await PostAsync(article, key);

        Assert.Equal((HttpStatusCode.Created, null), (made.StatusCode, made.Header("Idempotency-Replayed")));
    }

    [Fact]
    public async Task Is_kept_for_24_hours_and_then_forgotten()
    {
        var (article, key) = (Given.Article(), Own.Word("key"));
        var first = await PostAsync(article, key).AnsweredAsync(201);
        _newsroom.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(first.Text("id"), (await PostAsync(article, key).AnsweredAsync(201)).Text("id"));
        _newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var later = await PostAsync(article, key).AnsweredAsync(201);

        Assert.NotEqual(first.Text("id"), later.Text("id"));
        Assert.Equal(1, await NumberAsync("select count(*) from reply"));
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_its_day_is_over()
    {
        for (var i = 0; i < 250; i++)
            await PostAsync(Given.Article(), Own.Word("key")).AnsweredAsync(201);
        _newsroom.Clock.Advance(TimeSpan.FromHours(12));
        await PostAsync(Given.Article(), Own.Word("key")).AnsweredAsync(201);
        _newsroom.Clock.Advance(TimeSpan.FromHours(12));

        var writer = _newsroom.Services.GetRequiredService<Writer>();
        while (await writer.WriteAsync(write => write.ForgetRepliesAsync()))
        {
        }

        Assert.Equal(1, await NumberAsync("select count(*) from reply"));
    }

    [Fact]
    public async Task Brings_back_nothing_of_what_was_taken_down_or_deleted()
    {
        var (taken, deleted, key) = (Given.Article().Headed("Zwetschgenprozess"), Given.Article().Headed("Zwetschgenkuchen"), Own.Word("key"));
        var (takenId, deletedId) = ((await PostAsync(taken, key).AnsweredAsync(201)).Text("id"), (await PostAsync(deleted, key + "2").AnsweredAsync(201)).Text("id"));
        Assert.Equal(2, await NumberAsync("select count(*) from reply where cast(body as text) like '%Zwetschgen%'"));

        await Admin.TakeDownAsync(takenId).AnsweredAsync(200);
        await Admin.DeleteArticleAsync(deletedId);

        Assert.Equal(0, await NumberAsync("select count(*) from reply where cast(body as text) like '%Zwetschgen%'"));
        await PostAsync(taken, key).ProblemAsync(409, "taken-down");
        await PostAsync(deleted, key + "2").ProblemAsync(409, "state-conflict");
        Assert.Equal(0, await NumberAsync("select count(*) from edition where slug like 'zwetschgen%'"));
    }

    [Fact]
    public async Task Keeps_nothing_of_a_dry_run()
    {
        var (article, key) = (Given.Article(), Own.Word("key"));

        var tried = new[] { await PostAsync(article, key, address: $"{Articles}?dryRun=true"), await PostAsync(article, key, address: $"{Articles}?dryRun=true") };

        Assert.All(tried, answer => Assert.Equal((HttpStatusCode.Created, null), (answer.StatusCode, answer.Header("Idempotency-Replayed"))));
        Assert.Equal(0, await CountAsync(article));
        Assert.Equal(0, await NumberAsync("select count(*) from reply"));
    }

    [Fact]
    public async Task That_was_committed_without_anybody_knowing_is_found_inside_the_writer()
    {
        var (article, key) = (Given.Article(), Own.Word("key"));
        var body = await Json.Body(article.Build()).ReadAsByteArrayAsync();
        var reply = new Reply { BodyHash = SHA256.HashData(body), Status = 201, Headers = """{"Content-Type":"application/json"}""", Body = body };
        var request = SHA256.HashData(Encoding.UTF8.GetBytes($"admin\nPOST\n{Articles}\n{key}"));
        var writer = _newsroom.Services.GetRequiredService<Writer>();
        using var gate = new Gate(writer);
        var before = writer.WriteAsync(async write =>
        {
            await write.KeepReplyAsync(request, reply);
            return true;
        });
        using var plain = new HttpClient { BaseAddress = _newsroom.Address, DefaultRequestHeaders = { Authorization = Admin.DefaultRequestHeaders.Authorization } };
        var posted = PostAsync(article, key, client: plain);
        await UnderWayAsync();

        gate.Open();

        Assert.True(await before);
        Assert.Equal("true", (await posted).Header("Idempotency-Replayed"));
        Assert.Equal(body, await (await posted).Content.ReadAsByteArrayAsync());
        Assert.Equal(0, await CountAsync(article));
    }

    private async Task UnderWayAsync()
    {
        var replies = _newsroom.Services.GetRequiredService<Replies>();
        while (!replies.AreUnderWay)
            await Task.Delay(5);
        // Past the look for an earlier answer, and in the writer's queue.
        await Task.Delay(200);
    }

    private Task<HttpResponseMessage> PostAsync(Given article, string key, string address = Articles, HttpClient? client = null) =>
        (client ?? Admin).SendAsync(HttpMethod.Post, address, Json.Body(article.Build()), ("Idempotency-Key", key));

    private Task<long> CountAsync(Given article) =>
        NumberAsync("select count(*) from revision where number = 1 and cast(document as text) like '%' || @headline || '%'", new { headline = (string)article.Build()["headline"]! });

    private async Task<long> NumberAsync(string sql, object? parameters = null)
    {
        using var session = await _newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        return await session.FindAsync<long>(sql, parameters);
    }

    private Task<int> WriteAsync(string sql, object parameters) => _newsroom.Services.GetRequiredService<Writer>().WriteAsync(write => write.ExecuteAsync(sql, parameters));

    /// <summary>Holds up the writer until it is opened.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly ManualResetEventSlim _isBusy = new();
        private readonly ManualResetEventSlim _isOpen = new();
        private readonly Task _held;

        public Gate(Writer writer)
        {
            _held = writer.WriteAsync(_ =>
            {
                _isBusy.Set();
                return new ValueTask<bool>(_isOpen.Wait(TimeSpan.FromSeconds(30)));
            });
            Assert.True(_isBusy.Wait(TimeSpan.FromSeconds(30)));
        }

        public void Open() => _isOpen.Set();

        public void Dispose()
        {
            Open();
            _held.Wait(TimeSpan.FromSeconds(30));
            _isBusy.Dispose();
            _isOpen.Dispose();
        }
    }
}
