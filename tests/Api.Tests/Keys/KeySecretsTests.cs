using System.Collections.Concurrent;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Galley.Tests.Keys;

/// <summary>Secrets of keys stand in the one answer that made them, and nowhere else.</summary>
public sealed class KeySecretsTests(KeySecretsTests.TalkativeNewsroom newsroom) : IClassFixture<KeySecretsTests.TalkativeNewsroom>
{
    [Fact]
    public async Task No_secret_is_ever_logged()
    {
        var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:write" } })).AnsweredAsync(201);
        var rotated = await newsroom.Admin.PostAsync($"/v1/manage/keys/{made.Text("id")}/rotate", null).AnsweredAsync(200);
        var secrets = new[] { made.Text("key")[^38..], rotated.Text("key")[^38..], Newsroom.AdminKey };

        await newsroom.Client(made.Text("key")).PushAsync(Given.Article().AsDraft(), query: string.Empty).AnsweredAsync(201);
        await newsroom.Client(rotated.Text("key")).GetAsync("/v1/manage/keys").ProblemAsync(403, "insufficient-scope");
        await newsroom.Client(made.Text("key")[..^1]).GetAsync("/v1/articles").ProblemAsync(401, "invalid-credentials");
        await newsroom.Admin.DeleteAsync($"/v1/manage/keys/{made.Text("id")}");
        await newsroom.Client(rotated.Text("key")).GetAsync("/v1/articles").ProblemAsync(401, "invalid-credentials");

        Assert.Contains(newsroom.Lines, line => line.Contains("/v1/manage/keys", StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(newsroom.Lines, line => line.Contains(secret[..^1], StringComparison.Ordinal)));
    }

    /// <summary>A newsroom that logs all that it can.</summary>
    public sealed class TalkativeNewsroom : Newsroom, ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        protected override IEnumerable<string> Settings => ["--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:Console:LogLevel:Default=None"];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }

        protected override void Replace(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(this);
    }
}
