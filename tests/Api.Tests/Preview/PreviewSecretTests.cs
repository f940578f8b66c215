using System.Collections.Concurrent;
using System.Diagnostics;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Galley.Tests.Preview;

/// <summary>Whoever reads logs, traces, problems or the database learns no link.</summary>
public sealed class PreviewSecretTests(PreviewSecretTests.Talkative newsroom) : IClassFixture<PreviewSecretTests.Talkative>
{
    private static readonly Func<string, string>[] Ways =
    [
        token => $"/preview/{token}", token => $"/preview/{token}?x=1", token => $"/PREVIEW/{token}", token => $"//preview/{token}", token => $"/%70review/{token}",
        token => $"/preview/{token}/", token => $"/preview/{token}/body", token => $"/x/../preview/{token}", token => $"/preview/{token}?{new string('x', 9_000)}",
    ];

    [Fact]
    public async Task A_token_is_in_no_answer_no_log_and_no_trace_however_it_is_asked()
    {
        var tags = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.Add($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        var token = await TokenAsync(id);
        ActivitySource.AddActivityListener(listener);

        foreach (var target in Ways.SelectMany(way => new[] { way(token), way(token + "x") }))
        {
            foreach (var method in new[] { "GET", "HEAD", "POST" })
            {
                var answer = await newsroom.RawAsync(method, target);
                Assert.DoesNotContain(token, string.Join(' ', answer.Headers.Values) + answer.Body, StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.NotEmpty(newsroom.Lines);
        Assert.Contains(tags, tag => tag.Contains("/preview", StringComparison.Ordinal));
        Assert.DoesNotContain(newsroom.Lines, line => line.Contains(token, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(tags, tag => tag.Contains(token, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_database_holds_no_token_and_forgets_what_has_expired()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        for (var i = 0; i < 30; i++)
            await newsroom.Admin.PreviewAsync(id, new { ttl = 60 }).AnsweredAsync(201);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(2));
        var before = await CountAsync();
        var token = await TokenAsync(id);
        var after = await CountAsync();
        await TokenAsync(id);
        await TokenAsync(id);

        Assert.Equal((before - 19, 3), (after, await CountAsync("expires_at > @now")));
        Assert.Equal(0, await CountAsync("cast(token_hash as text) = @token or id = @token", token));
        Assert.Equal(204, await newsroom.Admin.DeleteArticleAsync(id).StatusAsync());
        Assert.Equal(0, await CountAsync("expires_at > @now"));
    }

    private async Task<string> TokenAsync(string id)
    {
        var token = new Uri((await newsroom.Admin.PreviewAsync(id).AnsweredAsync(201)).Text("url")).Segments[^1];
        Assert.Equal(32, token.Length);
        return token;
    }

    private Task<long> CountAsync(string where = "1 = 1", string token = "") => newsroom.Services.GetRequiredService<Writer>()
        .WriteAsync(write => write.FindAsync<long>($"select count(*) from preview_link where @now > 0 and @token is not null and ({where})", new { now = write.Now.Milliseconds, token }));

    /// <summary>A newsroom whose operator wants to know everything.</summary>
    public sealed class Talkative : Newsroom
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        protected override IEnumerable<string> Settings =>
        [
            "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace",
            "--Logging:Console:LogLevel:Default=None",
        ];


        protected override void Replace(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(_ => new Recorder(_lines));
    }

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{eventId.Name} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
