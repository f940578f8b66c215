using System.Reflection;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Http;

/// <summary>A handler's parameter that stands for a JSON Merge Patch (RFC 7396): read, and bound only when it is known what it is merged into.</summary>
internal sealed class MergePatch<T> : IBindableFromHttpContext<MergePatch<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly IValidator<T> _validator;

    private MergePatch(JsonElement patch, Problem? problem, IValidator<T> validator) => (Patch, Unreadable, _validator) = (patch, problem, validator);

    /// <summary>What was sent; undefined where it cannot be read.</summary>
    public JsonElement Patch { get; }

    /// <summary>Why there is no patch to speak of: 400, 413 or 415.</summary>
    public Problem? Unreadable { get; }

    /// <summary>What comes of <paramref name="target"/>, as if that were sent: pointers point into it.</summary>
    public Input<T> Onto(JsonElement target)
    {
        using var merged = JsonDocument.Parse(JsonMerge.Apply(target, Patch));
        return Input<T>.Of(merged.RootElement, _validator);
    }

    public static async ValueTask<MergePatch<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var validator = context.RequestServices.GetRequiredService<IValidator<T>>();
        var (body, refusal) = await RequestBody.ReadAsync(context, RequestBody.MergePatch);
        if (refusal is not null)
            return new MergePatch<T>(default, refusal, validator);

        using var document = StrictJson.Parse(body, out var problem);
        return new MergePatch<T>(document?.RootElement.Clone() ?? default, problem, validator);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new BodyMetadata(typeof(T), RequestBody.MergePatch));
}
