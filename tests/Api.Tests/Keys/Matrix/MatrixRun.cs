using System.Text.RegularExpressions;
using Galley.Tests.Manage.Bulk;
using Galley.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Keys.Matrix;

/// <summary>Asks every cell of the matrix of one server.</summary>
internal sealed partial class MatrixRun(MatrixNewsroom newsroom, bool isReadingOpen)
{
    private readonly List<string> _wrong = [];

    /// <summary>How many cells must change nothing, and how many are allowed writes.</summary>
    public (int Still, int Writing) Count { get; private set; }

    public static IReadOnlyList<(string Method, string Pattern)> OperationsOf(Newsroom server) =>
    [
        .. server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => (method, endpoint.RoutePattern.RawText!)))
            .Distinct(),
    ];

    /// <summary>The cells that are not as the policy says.</summary>
    public async Task<IReadOnlyList<string>> GoAsync()
    {
        var cells = Cells().ToLookup(cell => cell.Writes);
        Count = (cells[false].Count(), cells[true].Count());

        // First what must change nothing, over tables that are still small.
        using var tables = new TableHash(newsroom.DatabasePath);
        var before = tables.Now();
        foreach (var cell in cells[false])
        {
            await JudgeAsync(cell);
            var after = tables.Now();
            if (after != before)
                _wrong.Add($"{cell}: changed rows");
            before = after;
        }

        foreach (var cell in cells[true])
            await JudgeAsync(cell);

        return _wrong;
    }

    // Where reading is closed, only what readers ask is another matter.
    private IEnumerable<Cell> Cells() =>
        from row in Policies.Table
        from operation in OperationsOf(newsroom)
        where operation.Pattern == row.Pattern && (operation.Method == row.Method || (operation.Method == "HEAD" && row.Method == "GET"))
        where isReadingOpen || row.Door == Door.Readers
        from state in row.States
        from caller in newsroom.Principals
        let isAllowed = Verdict.Of(row, caller, new Subject(state), isReadingOpen).StartsWith('2')
        select new Cell(row, operation.Method, caller, state, isAllowed && row.Method != "GET");

    private async Task JudgeAsync(Cell cell)
    {
        var at = await newsroom.FindAsync(cell.State);
        var (expected, actual) = (Verdict.Of(cell.Row, cell.Caller, at, isReadingOpen), await AskAsync(cell, at));
        if (actual.StartsWith('2') && cell.Method is not ("GET" or "HEAD"))
            newsroom.Forget(at);

        // HEAD says the status alone.
        if (actual != (cell.Method == "HEAD" ? expected[..3] : expected))
            _wrong.Add($"{cell}: expected {expected}, got {actual}");
    }

    private async Task<string> AskAsync(Cell cell, Subject at)
    {
        var row = cell.Row;
        using var request = new HttpRequestMessage(new HttpMethod(cell.Method), row.Address?.Invoke(at) ?? AddressOf(row.Pattern, at));
        if (cell.Caller.Authorization is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (row.Body is { } body)
            request.Content = cell.Method == "PATCH" ? Json.Patch(body(at)) : Json.Body(body(at));
        if (row.Lines is { } lines)
            request.Content = BulkRequests.Raw(lines);
        if (cell.Method is "PUT" or "PATCH" or "DELETE" && row.Limited == Limited.ById)
            request.Headers.TryAddWithoutValidation("If-Match", "*");

        // A stream does not end.
        using var response = await newsroom.Plain.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var status = (int)response.StatusCode;
        return status < 400 || cell.Method == "HEAD" ? $"{status}" : $"{status} {(await response.JsonAsync()).Text("code")}";
    }

    private static string AddressOf(string pattern, Subject at) => Parameter().Replace(pattern, match => match.Groups[1].Value switch
    {
        "source" => Place.Home.Source,
        "externalId" => at.ExternalId,
        "id" or "keyId" => at.Id,
        "path" => at.Path,
        var other => throw new InvalidOperationException($"Give the row of {pattern} an address: the matrix knows no {other}."),
    });

    [GeneratedRegex(@"\{\**([^}]+)\}")]
    private static partial Regex Parameter();

    private sealed record Cell(Policy Row, string Method, Principal Caller, string State, bool Writes)
    {
        public override string ToString() => $"{nameof(Policies)}.cs:{Row.Line} {Row}, {Method} by {Caller}, {State}";
    }
}
