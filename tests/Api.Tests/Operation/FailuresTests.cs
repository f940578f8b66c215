using System.Text.Json;
using Galley.Http;
using Galley.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Galley.Tests.Operation;

/// <summary>What a request that fails leaves in the log, and what its sender reads.</summary>
public sealed class FailuresTests
{
    public static TheoryData<string> Expected() => ["overloaded", "shutting-down", "storage-full"];

    [Theory]
    [MemberData(nameof(Expected))]
    public async Task An_expected_outage_is_a_warning_without_a_stack_trace(string code)
    {
        var (problem, log) = await AnswerAsync(_ => throw new OutageException(code, "Nothing to see here.", new IOException()));

        Assert.Equal(code, problem.GetProperty("code").GetString());
        var (level, message, exception) = Assert.Single(log);
        Assert.Equal((LogLevel.Warning, null), (level, exception));
        Assert.Contains(code, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_other_outage_or_exception_is_an_error_with_all_that_is_known()
    {
        foreach (var thrown in new Exception[] { OutageException.Unavailable(new IOException()), new InvalidOperationException() })
        {
            var (_, log) = await AnswerAsync(_ => throw thrown);

            var (level, _, exception) = Assert.Single(log);
            Assert.Equal((LogLevel.Error, thrown), (level, exception));
        }
    }

    [Fact]
    public async Task A_mistake_of_the_sender_is_not_logged() => Assert.Empty((await AnswerAsync(_ => throw new BadHttpRequestException("x"))).Log);

    [Fact]
    public async Task A_body_that_the_server_stops_reading_is_told_the_limit_of_its_endpoint()
    {
        var small = new Endpoint(null, new EndpointMetadataCollection(BodyLimit.Small), null);

        Assert.Equal("The body may have 65536 bytes.", await DetailAsync(small));
        Assert.Equal("The body is too large.", await DetailAsync(null));
    }

    [Theory]
    [InlineData(500, "internal")]
    [InlineData(501, "internal")]
    [InlineData(503, "internal")]
    [InlineData(400, "malformed-request")]
    [InlineData(417, "malformed-request")]
    public async Task A_bare_status_is_a_problem_of_its_class(int status, string code)
    {
        var (problem, _) = await AnswerAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        Assert.Equal((status, code), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
    }

    private static async Task<string?> DetailAsync(Endpoint? endpoint)
    {
        var (problem, _) = await AnswerAsync(context =>
        {
            context.SetEndpoint(endpoint);
            throw new BadHttpRequestException("x", StatusCodes.Status413PayloadTooLarge);
        });
        return problem.GetProperty("detail").GetString();
    }

    private static async Task<(JsonElement Problem, IReadOnlyList<Entry> Log)> AnswerAsync(RequestDelegate next)
    {
        var log = new Notebook();
        var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = "/v1/articles" }, Response = { Body = body } };

        await new Edge(next, log).InvokeAsync(context);

        return (JsonElement.Parse(body.ToArray()), log.Entries);
    }

    private sealed record Entry(LogLevel Level, string Message, Exception? Exception);

    private sealed class Notebook : ILogger<Edge>
    {
        public List<Entry> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add(new Entry(logLevel, formatter(state, exception), exception));
    }
}
