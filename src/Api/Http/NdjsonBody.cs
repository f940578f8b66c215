using System.IO.Pipelines;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Http;

/// <summary>A handler's parameter that stands for a body of lines of JSON, which is read while it comes, however long it is.</summary>
internal sealed class NdjsonBody : IBindableFromHttpContext<NdjsonBody>, IEndpointParameterMetadataProvider
{
    public const string MediaType = "application/x-ndjson";

    private readonly HttpRequest _request;

    private NdjsonBody(HttpRequest request) => _request = request;

    /// <summary>Why nothing of it is read: 415.</summary>
    public Problem? Refusal =>
        RequestBody.IsEncoded(_request) ? RequestBody.Encoded
        : !RequestBody.HasType(_request, MediaType) ? RequestBody.OtherType(_request.Method, MediaType)
        : null;

    /// <summary>Reads on. A client that sends nothing for longer than its <paramref name="patience"/> ends it.</summary>
    public async ValueTask<ReadResult> ReadAsync(CancellationTokenSource patience, TimeSpan longest)
    {
        patience.CancelAfter(longest);
        try
        {
            return await _request.BodyReader.ReadAsync(patience.Token);
        }
        finally
        {
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public static ValueTask<NdjsonBody?> BindAsync(HttpContext context, ParameterInfo parameter) => new(new NdjsonBody(context.Request));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new BodyMetadata(typeof(string), MediaType));
}
