using System.Collections.Concurrent;
using System.Net.Http.Json;
using Galley.Tests.Contract;

namespace Galley.Tests.Support;

/// <summary>Checks every answer of every test against the committed contract, and every request that was accepted.</summary>
internal sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly ConcurrentDictionary<(string Operation, int Status), bool> Notes = new();

    private static readonly ContractDocument Document = ContractDocument.Committed;

    /// <summary>Which operations have answered with which status so far.</summary>
    public static IReadOnlyCollection<(string Operation, int Status)> Seen => [.. Notes.Keys];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // What streams may not be read ahead of the server.
        var body = request.Content is ByteArrayContent or JsonContent ? await request.Content.ReadAsByteArrayAsync(cancellationToken) : null;
        var response = await base.SendAsync(request, cancellationToken);
        if (await Answer.ReadAsync(response, cancellationToken) is { IsOfTheParser: false } answer)
            Check(answer, body);

        return response;
    }

    private static void Check(Answer answer, byte[]? body)
    {
        var operations = answer.Address.AbsolutePath.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase) ? Document.At(answer.Address) : null;
        var method = answer.IsHead ? "GET" : answer.Request.Method.Method;
        var operation = operations?.SingleOrDefault(each => each.Method == method);
        if (operation is not null)
            Notes[(operation.Id, answer.Status)] = true;

        List<string> faults =
        [
            .. answer.Status >= 400 ? new ProblemCheck(Document, answer).Faults() : [],
            .. operation is not null ? new AnswerCheck(Document, operation, answer).Faults() : operations is null ? [] : UnknownFaults(operations, answer),
            .. operation is not null && answer.IsSuccess ? new RequestCheck(Document, operation, answer.Request, body).Faults() : [],
        ];
        if (faults.Count == 0)
            return;

        var what = operation?.ToString() ?? answer.Request.Method.Method;
        throw new BrokenContractException($"{what} {answer.Address.PathAndQuery} → {answer.Status} breaks the contract:\n{string.Join('\n', faults.Select(fault => $"  {fault}"))}");
    }

    // An address or method that the contract does not know is refused, or asked what it can do.
    private static IEnumerable<string> UnknownFaults(IReadOnlyList<ContractOperation> operations, Answer answer)
    {
        int[] refused = [400, operations.Count == 0 ? 404 : 405, 414, 415];
        var isAnswered = answer.Status == 204 && answer.Request.Method == HttpMethod.Options;
        if (!isAnswered && !refused.Contains(answer.Status))
        {
            yield return operations.Count == 0
                ? "is an address that the contract does not know"
                : $"is a method that the contract does not know here; it knows {string.Join(", ", operations.Select(operation => operation.Method))}";
        }
    }
}
