using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Http;

/// <summary>How large a body may be.</summary>
internal sealed record BodyLimit(int MaxBytes)
{
    /// <summary>For a whole article: its body alone may have 2 MiB, and JSON may need more than a byte for a letter.</summary>
    public static readonly BodyLimit Article = new(4 * 1024 * 1024);

    public static readonly BodyLimit Small = new(64 * 1024);

    public static readonly BodyLimit Taxonomy = new(256 * 1024);
}

/// <summary>Marks a body that may be left out altogether.</summary>
internal interface IOptionalBody;

/// <summary>A handler's parameter that stands for the JSON body: read, bound and validated, with everything that is wrong with it.</summary>
internal sealed class Input<T> : ISent, IBindableFromHttpContext<Input<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private static readonly Dictionary<string, JsonElement> Nothing = [];

    private Input(T? value) => Value = value!;

    /// <summary>What was sent. Whole only where there are no errors; null where the body is not JSON at all.</summary>
    public T Value { get; }

    /// <summary>What is wrong with the content.</summary>
    public IReadOnlyList<InputError> Errors { get; private init; } = [];

    /// <summary>Members that only the server decides, as they were sent back.</summary>
    public IReadOnlyDictionary<string, JsonElement> ServerOwned { get; private init; } = Nothing;

    /// <summary>Members that are read by themselves, as long as what was sent is at hand.</summary>
    public IReadOnlyDictionary<string, JsonElement> Apart { get; private init; } = Nothing;

    /// <summary>The members that were sent with an explicit null, where that says something else than leaving them out.</summary>
    public IReadOnlySet<string> Nulls { get; private init; } = new HashSet<string>();

    /// <summary>Why there is no content to speak of: 400, 413 or 415.</summary>
    public Problem? Unreadable { get; private init; }

    /// <summary>Of the bytes that were sent, where the request has an Idempotency-Key; null where they were not read.</summary>
    public byte[]? BodyHash { get; private init; }

    /// <summary>The problem to answer, if there is any.</summary>
    public Problem? Problem => Unreadable ?? (Errors.Count > 0 ? Problems.InvalidContent(Errors) : null);

    public static async ValueTask<Input<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var isOptional = typeof(T).IsAssignableTo(typeof(IOptionalBody));
        if (isOptional && !RequestBody.IsEncoded(context.Request) && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
            return new Input<T>(Activator.CreateInstance<T>()) { BodyHash = SHA256.HashData([]) };

        var (body, refusal) = await RequestBody.ReadAsync(context, RequestBody.Json);
        if (refusal is not null)
            return Without(refusal);

        var hash = context.Request.Headers.ContainsKey(IdempotencyKey.Header) ? SHA256.HashData(body.Span) : null;
        using var document = StrictJson.Parse(body, out var problem);
        if (document is null)
            return new Input<T>(null) { Unreadable = problem, BodyHash = hash };

        // What generated clients send for a body that they leave out.
        return isOptional && document.RootElement.ValueKind == JsonValueKind.Null
            ? new Input<T>(Activator.CreateInstance<T>()) { BodyHash = hash }
            : Of(document.RootElement, context.RequestServices.GetRequiredService<IValidator<T>>(), hash);
    }

    /// <summary>What stands in a body, or at one place of a larger text: every pointer begins there.</summary>
    public static Input<T> Of(JsonElement element, IValidator<T> validator, byte[]? hash = null)
    {
        var binder = new JsonBinder();
        var value = binder.Bind<T>(element);
        var validation = value is null ? null : validator.Validate(value);

        return new Input<T>(value)
        {
            Errors = Merge(binder.Errors, validation),
            ServerOwned = binder.ServerOwned.ToDictionary(pair => pair.Key, pair => pair.Value.Clone(), StringComparer.Ordinal),
            Apart = binder.Apart,
            Nulls = binder.Nulls,
            BodyHash = hash,
        };
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new BodyMetadata(typeof(T)));

    /// <summary>Of a body that cannot be read.</summary>
    public static Input<T> Without(Problem problem) => new(null) { Unreadable = problem };

    // What could not be bound is reported once, as what it is; the rules would only repeat that it is missing, also to the object it is missing from.
    private static List<InputError> Merge(IReadOnlyList<InputError> binding, ValidationResult? validation)
    {
        var rules = (validation?.Errors ?? []).Select(ErrorOf).Where(error => !binding.Any(bound =>
            IsAtOrBelow(error.Pointer!, bound.Pointer!) || (error.Code is "required" or "invalid-value" && IsAtOrBelow(bound.Pointer!, error.Pointer!))));
        return [.. binding.Concat(rules).OrderBy(error => error.Pointer, StringComparer.Ordinal)];
    }

    private static bool IsAtOrBelow(string pointer, string above) =>
        pointer.StartsWith(above, StringComparison.Ordinal) && (pointer.Length == above.Length || pointer[above.Length] == '/');

    private static InputError ErrorOf(ValidationFailure failure) =>
        InputError.At(PointerOf(failure.PropertyName), failure.ErrorCode, failure.ErrorMessage) with { Limit = failure.CustomState as long? };

    // "LeadImage.Renditions[2].Url" is /leadImage/renditions/2/url; rules of our own give pointers already.
    private static string PointerOf(string property) =>
        property.StartsWith('/') || property.Length == 0
            ? property
            : "/" + string.Join('/', property.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries).Select(JsonNamingPolicy.CamelCase.ConvertName));
}
