using System.Text.Json;
using FluentValidation;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Articles;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Bulk;

/// <summary>What holds for all lines of a request, and who sends them.</summary>
internal sealed record BulkTerms(CreateMissing CreateMissing, bool IsDryRun, Caller Caller, AuditAuthor Author);

/// <summary>A line that was read: what is told of it already, or what the writer is to do.</summary>
internal sealed record BulkItem(BulkResult Empty, BulkResult? Told, Func<WriteSession, ValueTask<BulkResult>>? Operation);

/// <summary>Makes of each line what the writer is to do, or tells at once what is wrong with it. Each is authorised and judged as a request of its own would be.</summary>
internal sealed partial class BulkLines(Push push, Workflow workflow, IValidator<BulkLine> envelopes, IValidator<ArticleInput> articles, ILogger<BulkLines> log)
{
    public async ValueTask<BulkItem> ReadAsync(RawLine raw, BulkTerms terms, CancellationToken cancel)
    {
        var empty = new BulkResult { Line = raw.Number, Status = 0 };
        if (raw.Bytes is null)
            return Told(empty, Problems.Of("too-large", $"A line may have {LineReader.MaxLine} bytes."));

        using var document = StrictJson.Parse(raw.Bytes, out var unreadable);
        if (document is null)
            return Told(empty, unreadable! with { Line = raw.Number });

        try
        {
            return await ReadAsync(empty, document.RootElement, terms, cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new BulkItem(empty, Failed(empty, exception), null);
        }
    }

    /// <summary>What is told of a line whose operation failed.</summary>
    public BulkResult Failed(BulkResult empty, Exception exception)
    {
        if (exception is OutageException outage)
            return BulkResult.Of(empty, Problems.Of(outage.Code));

        LogFailure(log, empty.Line, exception);
        return BulkResult.Of(empty, Problems.Of("internal"));
    }

    private async ValueTask<BulkItem> ReadAsync(BulkResult empty, JsonElement line, BulkTerms terms, CancellationToken cancel)
    {
        var envelope = Input<BulkLine>.Of(line, envelopes);
        var sent = envelope.Value;
        if (sent is { ExternalId: { } named } && SourceName.FindFault(named) is null)
            empty = empty with { ExternalId = named };

        var isPut = (sent?.Op ?? BulkLine.Put) == BulkLine.Put;
        var article = envelope.Apart.TryGetValue("article", out var apart) ? Input<ArticleInput>.Of(apart, articles) : null;
        var faults = FaultsOf(envelope, isPut, article is not null);
        if (faults.Count > 0)
            return Told(empty, Problems.InvalidContent([.. faults, .. isPut ? article?.Errors ?? [] : []]));

        var scope = isPut ? KeyScope.ContentWrite : KeyScope.ContentPublish;
        if (!terms.Caller.May(scope))
            return Told(empty, Problems.Of("insufficient-scope", $"The key needs the scope {scope}."));
        if (!terms.Caller.Limits.HoldSource(sent!.Source))
            return Told(empty, Problems.Outside([InputError.In("source", "outside-constraint", $"The key is not for the source {sent.Source}.")]));

        var target = ArticleTarget.By(sent.Source, sent.ExternalId);
        return isPut
            ? await PutAsync(empty, terms, new(target, terms.CreateMissing, article!, Preconditions.None, terms.Caller), cancel)
            : ToDo(terms, empty, sent.Op!, write => EndAsync(write, sent, new TransitionRequest(target, Preconditions.None, terms.Caller)), outcome => ToldOfEnd(empty, outcome));
    }

    private async ValueTask<BulkItem> PutAsync(BulkResult empty, BulkTerms terms, PushRequest request, CancellationToken cancel)
    {
        if (await push.RefuseAsync(request, cancel) is { } refusal)
            return new BulkItem(empty, BulkResult.Of(empty, refusal), null);

        var submission = Submission.Of(request);
        return ToDo(terms, empty, BulkLine.Put, write => push.RunAsync(write, submission), outcome => BulkResult.Of(empty, outcome));
    }

    private ValueTask<WriteOutcome> EndAsync(WriteSession write, BulkLine line, TransitionRequest request) =>
        line.Op == BulkLine.Delete ? workflow.DeleteAsync(write, request) : workflow.UnpublishAsync(write, request, at: null, line.Reason);

    private static BulkResult ToldOfEnd(BulkResult empty, WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.NotFound => BulkResult.SoAlready(empty),
        // Readers never saw it, or see it no more.
        WriteOutcome.StateConflict { State: ArticleState.Draft or ArticleState.Expired } => BulkResult.SoAlready(empty),
        _ => BulkResult.Of(empty, outcome),
    };

    // What stands around the article plays the part that address and query play for a single push, and is named as those are.
    private static List<InputError> FaultsOf(Input<BulkLine> envelope, bool isPut, bool hasArticle)
    {
        var faults = envelope.Errors.Select(error => error.Pointer is { Length: > 0 } pointer ? error with { Pointer = null, Parameter = NameIn(pointer) } : error).ToList();
        if (envelope.Value is null || faults.Any(fault => fault.Parameter == "op"))
            return faults;

        if (isPut && !hasArticle)
            faults.Add(InputError.In("article", "required", "article is required to put it."));
        if (!isPut && hasArticle)
            faults.Add(InputError.In("article", "unknown-member", "An article goes with put only."));
        return faults;
    }

    private static string NameIn(string pointer) => pointer[1..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static BulkItem ToDo(BulkTerms terms, BulkResult empty, string op, Func<WriteSession, ValueTask<WriteOutcome>> operation, Func<WriteOutcome, BulkResult> tell)
    {
        // Each is tried on the database as it is: nothing of the lines before it is there.
        if (terms.IsDryRun)
            return new(empty, null, async write => write.Refused(tell(await operation(write))));

        var author = terms.Author with { Operation = $"{terms.Author.Operation}.{op}" };
        return new(empty, null, async write => tell(await write.NotedAsync(author, await operation(write))));
    }

    private static BulkItem Told(BulkResult empty, Problem problem) => new(empty, BulkResult.Of(empty, problem), null);

    [LoggerMessage(Level = LogLevel.Error, Message = "Line {Line} of a bulk request failed.")]
    private static partial void LogFailure(ILogger log, long line, Exception exception);
}
