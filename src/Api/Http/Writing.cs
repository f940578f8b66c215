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
    private static readonly QueryParameter DryRun =
        new("dryRun", "`true`: the same answer, warnings included, and nothing is written. The id of what would be made is not kept, and no secret is shown.") { Type = "boolean", Default = "false" };

    private readonly Writer _writer;
    private readonly bool _isDryRun;

    private Writing(Writer writer, bool isDryRun, IReadOnlyList<InputError> errors) => (_writer, _isDryRun, Errors) = (writer, isDryRun, errors);

    public static IReadOnlyList<QueryParameter> Parameters { get; } = [DryRun];

    public IReadOnlyList<InputError> Errors { get; }

    /// <summary>What of an endpoint's query is read here.</summary>
    public static IReadOnlyList<QueryParameter>? ParametersOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<WritingMetadata>() is null ? null : Parameters;

    /// <summary>
    /// Runs <paramref name="operation"/> inside the writer and makes an answer of what it came to: with <paramref name="withhold"/>, where it is of no use,
    /// without what is told only once.
    /// </summary>
    public async Task<TAnswer> AnswerAsync<TOutcome, TAnswer>(Func<WriteSession, ValueTask<TOutcome>> operation, Func<TOutcome, TAnswer> answer, Func<TOutcome, TOutcome>? withhold = null)
        where TAnswer : IResult
    {
        if (!_isDryRun)
            return answer(await _writer.WriteAsync(operation));

        var outcome = await _writer.RehearseAsync(operation);
        return answer(withhold is null ? outcome : withhold(outcome));
    }

    public static ValueTask<Writing?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = QueryReader.OfPart(RawTarget.QueryOf(context), Parameters);
        return new(new Writing(context.RequestServices.GetRequiredService<Writer>(), reader.Boolean(DryRun) == true, reader.Errors));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new WritingMetadata());
}

/// <summary>Marks an endpoint that writes, for its documentation and for whoever reads its query.</summary>
internal sealed record WritingMetadata;
