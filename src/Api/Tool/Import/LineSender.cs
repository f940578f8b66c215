using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Galley.Content;
using Galley.Http;

namespace Galley.Tool.Import;

/// <summary>Sends one line as one request. What breaks on the way is sent again: every line may be sent any number of times.</summary>
internal sealed class LineSender(HttpClient client, string? createMissing)
{
    private static readonly TimeSpan[] Pauses =
        [.. new[] { 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30 }.Select(TimeSpan.FromSeconds)];

    /// <summary>Waits and sends again while the server cannot take it; throws where it will not before long, or for no line.</summary>
    public async Task<ImportOutcome> SendAsync(ImportLine line, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            // What is under way is finished even when the user stops: only the waiting ends.
            var (outcome, reason, wait) = await TryAsync(line);
            if (outcome is { } known)
                return known;
            if (attempt == Pauses.Length)
                throw new ImportStopException(ExitCodes.NoServer, $"The server does not take line {line.Number}: {reason}");

            await Task.Delay(wait ?? Pauses[attempt], cancel);
        }
    }

    private async Task<(ImportOutcome? Outcome, string Reason, TimeSpan? Wait)> TryAsync(ImportLine line)
    {
        try
        {
            using var response = await AnswerToAsync(line);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)
                return (null, $"it answers {(int)response.StatusCode}.", response.Headers.RetryAfter?.Delta);

            return (await OutcomeOfAsync(line, response), string.Empty, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException or OperationCanceledException)
        {
            return (null, exception.Message, null);
        }
    }

    private async Task<HttpResponseMessage> AnswerToAsync(ImportLine line)
    {
        if (line.Taxonomy is { } ask)
            return await AnswerToAsync(ask);
        if (line.Operation == "correct")
            return await AnswerToCorrectionAsync(line);

        using var request = RequestOf(line);
        return await client.SendAsync(request);
    }

    // A tag that was merged before is not made again for that: only where it is not known at all.
    private async Task<HttpResponseMessage> AnswerToAsync(TaxonomyAsk ask)
    {
        var response = await SendAsync(ask.Method, ask.Address, ask.Body);
        if (ask.Before is not { } before || response.StatusCode != HttpStatusCode.UnprocessableEntity
            || (await Refusal.ReadAsync(response, CancellationToken.None)).Errors?.All(error => error is { Pointer: "/from", Code: "unknown-tag" }) != true)
        {
            return response;
        }

        response.Dispose();
        response = await AnswerToAsync(before);
        if (!response.IsSuccessStatusCode)
            return response;

        response.Dispose();
        return await SendAsync(ask.Method, ask.Address, ask.Body);
    }

    // The address of a correction has the article's id, which is the server's.
    private async Task<HttpResponseMessage> AnswerToCorrectionAsync(ImportLine line)
    {
        var response = await client.GetAsync($"v1/manage/articles/by-source?{OwnOf(line)}");
        if (!response.IsSuccessStatusCode)
            return response;

        var article = await ReadAsync<Read>(response);
        response.Dispose();
        return await SendAsync(HttpMethod.Post, $"v1/manage/articles/{article.Id}/corrections", line.Body);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, byte[] body)
    {
        using var request = new HttpRequestMessage(method, address) { Content = Json(body) };
        return await client.SendAsync(request);
    }

    private HttpRequestMessage RequestOf(ImportLine line) => line.Operation switch
    {
        "delete" => new HttpRequestMessage(HttpMethod.Delete, $"v1/manage/articles/by-source?{OwnOf(line)}"),
        "unpublish" => new HttpRequestMessage(HttpMethod.Post, $"v1/manage/sources/{line.Source}/unpublish") { Content = Json(ContentJson.Write(new { line.ExternalId, line.Reason })) },
        _ => new HttpRequestMessage(HttpMethod.Put, $"v1/manage/articles/by-source?{OwnOf(line)}{(createMissing is null ? string.Empty : $"&createMissing={createMissing}")}") { Content = Json(line.Body) },
    };

    // The id in the query: in a path an id with dots or slashes may mean something on the way.
    private static string OwnOf(ImportLine line) => $"source={line.Source}&externalId={Uri.EscapeDataString(line.ExternalId)}";

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task<ImportOutcome> OutcomeOfAsync(ImportLine line, HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.NoContent)
            return new ImportOutcome(ImportResult.Deleted);
        if (response.IsSuccessStatusCode)
            return new ImportOutcome(await ResultInAsync(response));

        var problem = await Refusal.ReadAsync(response, CancellationToken.None);
        return problem switch
        {
            { Status: 401 } => throw new ImportStopException(ExitCodes.NotAllowed, Refusal.InWords(problem)),
            { Status: 507 } => throw new ImportStopException(ExitCodes.CannotWrite, Refusal.InWords(problem)),
            _ when IsSoAlready(line, problem) => new ImportOutcome(ImportResult.Unchanged),
            _ => ImportOutcome.Refused(problem),
        };
    }

    // What is no longer there needs neither deleting nor unpublishing, and what readers never saw, or see no more, no unpublishing.
    private static bool IsSoAlready(ImportLine line, Problem problem) =>
        (line.Operation is "unpublish" or "delete" && problem.Code == "not-found")
        || (line.Operation == "unpublish" && problem is { Code: "state-conflict", State: "draft" or "expired" });

    private async Task<ImportResult> ResultInAsync(HttpResponseMessage response) => (await ReadAsync<Written>(response)).Outcome switch
    {
        "created" => ImportResult.Created,
        "unchanged" => ImportResult.Unchanged,
        _ => ImportResult.Updated,
    };

    private async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        try
        {
            return ContentJson.Read<T>(await response.Content.ReadAsByteArrayAsync());
        }
        catch (JsonException exception)
        {
            var refusal = Refusal.NoServer(client, exception);
            throw new ImportStopException(refusal.ExitCode, refusal.Message);
        }
    }

    /// <summary>What counts of the answer to a write.</summary>
    private sealed record Written
    {
        public required string Outcome { get; init; }
    }

    /// <summary>What counts of an article that is read.</summary>
    private sealed record Read
    {
        public required string Id { get; init; }
    }
}
