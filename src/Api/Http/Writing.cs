using System.Reflection;
using Galley.Storage;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Http;

/// <summary>
/// A handler's parameter that stands for what a request of management writes. With <c>dryRun=true</c> the same operation runs and is undone: whoever writes
/// through this cannot forget it.
/// </summary>
internal sealed class Writing : IChecked, IBindableFromHttpContext<Writing>, IEndpointParameterMetadataProvider
{
    /// <summary>For whoever reads it by himself.</summary>
    public static readonly QueryParameter DryRun =
        new("dryRun", "`true`: the same answer, warnings included, and nothing is written. The id of what would be made is not kept, and no secret is shown.") { Type = "boolean", Default = "false" };

    private readonly HttpContext _context;
    private readonly Writer _writer;
    private readonly bool _isDryRun;
    private readonly AuditAuthor _author;

    private Writing(HttpContext context, bool isDryRun, byte[]? request, IReadOnlyList<InputError> errors)
    {
        (_context, _writer, _isDryRun, Errors) = (context, context.RequestServices.GetRequiredService<Writer>(), isDryRun, errors);
        _author = AuthorOf(context);
        // Nothing is written that a second time would write again.
        Once = request is null || isDryRun ? null : new Once(request);
    }

    public static IReadOnlyList<QueryParameter> Parameters { get; } = [DryRun];

    public IReadOnlyList<InputError> Errors { get; }

    /// <summary>Set where the sender may send the request again, and wants it to count once.</summary>
    public Once? Once { get; }

    /// <summary>What of an endpoint's query is read here.</summary>
    public static IReadOnlyList<QueryParameter>? ParametersOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<WritingMetadata>() is null ? null : Parameters;

    /// <summary>
    /// Runs <paramref name="operation"/> inside the writer and makes an answer of what it came to: with <paramref name="withhold"/>, where it is of no use,
    /// without what is told only once.
    /// </summary>
    public async Task<TAnswer> AnswerAsync<TOutcome, TAnswer>(Func<WriteSession, ValueTask<TOutcome>> operation, Func<TOutcome, TAnswer> answer, Func<TOutcome, TOutcome>? withhold = null)
        where TOutcome : IAudited
        where TAnswer : IResult
    {
        withhold ??= outcome => outcome;
        return _isDryRun ? answer(withhold(await _writer.RehearseAsync(operation)))
            : Once is { BodyHash: not null } once ? answer(await _writer.WriteAsync(write => KeepAsync(write, once, operation, outcome => answer(withhold(outcome)))))
            : answer(await _writer.WriteAsync(async write => await write.NotedAsync(_author, await operation(write))));
    }

    /// <summary>The same for what is made outside the writer, because it takes long: it is made in any case, and kept only where it counts. Before its answer is, for that says that it is there.</summary>
    public Task<TAnswer> AnswerAsync<TOutcome, TAnswer>(IMadeOutside made, Func<WriteSession, ValueTask<TOutcome>> operation, Func<TOutcome, TAnswer> answer)
        where TOutcome : IAudited
        where TAnswer : IResult
    {
        if (!_isDryRun)
            made.Keep();

        return AnswerAsync(operation, answer);
    }

    // With the effect, or not at all. What is refused has none.
    private async ValueTask<TOutcome> KeepAsync<TOutcome, TAnswer>(WriteSession write, Once once, Func<WriteSession, ValueTask<TOutcome>> operation, Func<TOutcome, TAnswer> answer)
        where TOutcome : IAudited
        where TAnswer : IResult
    {
        if (await write.FindReplyAsync(once.Request, write.Now) is { } reply)
            throw new RepliedException(reply);

        var outcome = await write.NotedAsync(_author, await operation(write));
        if (write.IsRefused)
            return outcome;

        var articleId = (outcome as IAboutArticle)?.ArticleId;
        await write.KeepReplyAsync(once.Request, RenderedReply.Of(_context, answer(outcome)) with { BodyHash = once.BodyHash!, ArticleId = articleId });
        once.IsKept = true;
        return outcome;
    }

    /// <summary>Who writes by a request, which only callers make, and what it is called.</summary>
    public static AuditAuthor AuthorOf(HttpContext context) =>
        new(Caller.Of(context)!.KeyId, context.GetEndpoint()!.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName, context.TraceIdentifier);

    public static ValueTask<Writing?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = QueryReader.OfPart(RawTarget.QueryOf(context), Parameters);
        var isDryRun = reader.Boolean(DryRun) == true;
        var errors = reader.Errors.ToList();
        var request = HttpMethods.IsPost(context.Request.Method) ? IdempotencyKey.Read(context, errors) : null;
        return new(new Writing(context, isDryRun, request, errors));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new WritingMetadata());
}

/// <summary>What is there for good once it is kept, and gone otherwise.</summary>
internal interface IMadeOutside
{
    void Keep();
}

/// <summary>An outcome that is about an article.</summary>
internal interface IAboutArticle
{
    /// <summary>The article's row; null where there is none.</summary>
    long? ArticleId { get; }
}

/// <summary>An outcome that says what there is to be noted of it: whoever writes without saying so does not compile.</summary>
internal interface IAudited
{
    /// <summary>What was written; null where nothing was.</summary>
    Audited? Audited { get; }
}

/// <summary>Notes what operations did.</summary>
internal static class Auditing
{
    /// <summary>The outcome, noted in the transaction of what it tells. What is refused or was so already leaves nothing to note.</summary>
    public static async ValueTask<TOutcome> NotedAsync<TOutcome>(this WriteSession write, AuditAuthor author, TOutcome outcome)
        where TOutcome : IAudited
    {
        if (!write.IsRefused && outcome.Audited is { } done)
            await write.AddAuditAsync(author, done);

        return outcome;
    }
}

/// <summary>Marks an endpoint that writes, for its documentation and for whoever reads its query.</summary>
internal sealed record WritingMetadata;
