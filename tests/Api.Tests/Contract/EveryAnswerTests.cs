using System.Globalization;
using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>Every operation of the contract, brought to every status that it declares.</summary>
public sealed class EveryAnswerTests(Stage stage) : IClassFixture<Stage>
{
    // Statuses that no test can bring about, each with its reason.
    private static readonly Dictionary<int, string> Unprovoked = new()
    {
        [408] = "It takes a client that sends less than a kilobyte a second for more than five seconds: the server's own patience, which no test should wait for.",
    };

    public static TheoryData<string, int> Declared()
    {
        var data = new TheoryData<string, int>();
        foreach (var operation in ContractDocument.Committed.Operations)
        {
            foreach (var status in operation.Responses.Keys.Where(status => !Unprovoked.ContainsKey(status)))
                data.Add(operation.Id, status);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public async Task Is_given_as_declared(string operation, int status)
    {
        var response = await SendAsync(operation, status);

        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, string.Create(CultureInfo.InvariantCulture, $"{operation} should answer {status}, and answered {(int)response.StatusCode}: {text}"));
        Assert.Contains((operation, status), ContractHandler.Seen);
    }

    [Fact]
    public void Exceptions_and_turns_are_about_what_the_contract_still_declares()
    {
        var operations = ContractDocument.Committed.Operations.ToDictionary(operation => operation.Id, StringComparer.Ordinal);

        Assert.All(Unprovoked.Keys, status => Assert.Contains(operations.Values, operation => operation.Responses.ContainsKey(status)));
        Assert.All(Calls.Succeeding.Keys, id => Assert.Contains(id, operations.Keys));
        Assert.All(ParticularTurns.Table.Keys, turn => Assert.Contains(turn.Status, operations[turn.Operation].Responses.Keys));
    }

    private async Task<HttpResponseMessage> SendAsync(string operation, int status)
    {
        if (ParticularTurns.Table.TryGetValue((operation, status), out var particular))
        {
            var call = await particular(stage);
            return await WithoutEntryAsync(status, () => call.SendAsync(stage.Reader));
        }

        Assert.True(Calls.Succeeding.TryGetValue(operation, out var succeeding), $"Say in {nameof(Calls)} how {operation} succeeds.");
        Assert.True(Turns.Usual.TryGetValue(status, out var usual), $"Say in {nameof(ParticularTurns)} how {operation} comes to {status}.");
        var usually = await succeeding(stage);
        return await WithoutEntryAsync(status, () => usual(stage, usually));
    }

    // What is refused has written nothing that anybody would have to answer for.
    private async Task<HttpResponseMessage> WithoutEntryAsync(int status, Func<Task<HttpResponseMessage>> send)
    {
        var last = stage.LastEntry();
        var response = await send();
        if (status >= 400)
            Assert.Empty(stage.EntriesBehind(last));

        return response;
    }
}
