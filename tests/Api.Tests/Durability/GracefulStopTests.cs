using System.Net.Sockets;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>A server that is asked to stop while newsrooms push: it answers what it took, takes no more, and ends in good order.</summary>
public sealed class GracefulStopTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Database => _directory.File("galley.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Answers_every_push_that_was_under_way()
    {
        var (ledger, random) = (new Ledger(), new Random(1));
        for (var round = 0; round < Duration.Of(inEveryRun: 4, whenLong: 100); round++)
        {
            using var server = await ServerProcess.StartAsync(Database);
            var stopped = new StopMoment();
            var pushers = Enumerable.Range(0, 8).Select(i => new Pusher($"wire-{i}", (round * 100) + i, ledger, stopped.Watch(server.NewClient()), () => DateTimeOffset.UtcNow)).ToList();
            var pushing = pushers.Select(pusher => pusher.PushAsync()).ToList();
            await ledger.UntilAsync(ledger.Answers + random.Next(20, 200));

            stopped.Now(server.AskToStop);

            await Task.WhenAll(pushing);
            Assert.Equal(0, await server.ExitAsync());
            Assert.Empty(stopped.Unanswered);
            DatabaseInvariants.AssertHold(Database);
            Assert.Empty(ledger.Violations(StoredTakes.Read(Database)));
            ledger.Accept(StoredTakes.Read(Database));
            output.WriteLine($"{ledger.Answers} answers, stopped in {stopped.Elapsed.TotalMilliseconds:0} ms");
        }
    }

    [Fact]
    public async Task Waits_for_a_push_that_is_still_arriving_and_takes_no_new_one()
    {
        using var server = await ServerProcess.StartAsync(Database);
        using var slow = await HalfAPushAsync(server.Address);

        server.AskToStop();
        // Longer than a process is usually given that only knows how to be interrupted.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var late = await OutcomeOfLatePushAsync(server);
        await slow.FinishAsync();

        Assert.True(late is "refused" or "shutting-down", late);
        Assert.StartsWith("HTTP/1.1 201", await slow.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await server.ExitAsync());
        Assert.Contains("wire/slow", StoredTakes.Read(Database).Keys);
    }

    [Fact]
    public async Task Does_not_wait_for_ever_for_a_client_that_never_finishes()
    {
        using var server = await ServerProcess.StartAsync(Database, "--shutdownTimeoutSeconds=1");
        using var slow = await HalfAPushAsync(server.Address);

        server.AskToStop();

        Assert.Equal(0, await server.ExitAsync());
        Assert.False(server.Errors.Contains("   at ", StringComparison.Ordinal), server.Errors);
        DatabaseInvariants.AssertHold(Database);
    }

    private static async Task<string> OutcomeOfLatePushAsync(ServerProcess server)
    {
        try
        {
            using var client = server.NewClient();
            var response = await client.PushAsync(Given.Article());
            return (await response.JsonAsync()).Text("code");
        }
        catch (HttpRequestException)
        {
            return "refused";
        }
    }

    private static async Task<SlowPush> HalfAPushAsync(Uri address)
    {
        var push = new SlowPush(new TcpClient(address.Host, address.Port), """{"language":"en","status":"published","headline":"Slow","body":{"text":"It took its time."}}""");
        await push.BeginAsync();
        return push;
    }
}
