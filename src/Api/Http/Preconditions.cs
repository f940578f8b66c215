using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>The conditions of a write: If-Match against somebody else's change, If-None-Match: * for "create only".</summary>
internal sealed class Preconditions : IChecked, IBindableFromHttpContext<Preconditions>, IEndpointParameterMetadataProvider
{
    private readonly IList<EntityTagHeaderValue> _expected;

    private Preconditions(IList<EntityTagHeaderValue> expected, bool isCreateOnly, bool isRequired, IReadOnlyList<InputError> errors)
    {
        _expected = expected;
        IsCreateOnly = isCreateOnly;
        IsMissing = isRequired && expected.Count == 0;
        Errors = errors;
    }

    /// <summary>What is expected of nothing.</summary>
    public static Preconditions None { get; } = new([], isCreateOnly: false, isRequired: false, []);

    /// <summary>The tags of which one is expected, with their quotes.</summary>
    public IEnumerable<string> Expected => _expected.Select(tag => tag.Tag.ToString());

    /// <summary>Whether the request does not say what it expects to find, and must.</summary>
    public bool IsMissing { get; }

    /// <summary>Whether the write may only create.</summary>
    public bool IsCreateOnly { get; }

    public IReadOnlyList<InputError> Errors { get; }

    /// <summary>Whether a resource with this tag, or none at all (null), is what the request expects.</summary>
    public bool Allow(string? tag) =>
        _expected.Count == 0 || (tag is not null && _expected.Any(each => each.Equals(EntityTagHeaderValue.Any) || each.Compare(new EntityTagHeaderValue(tag), useStrongComparison: true)));

    public static ValueTask<Preconditions?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var headers = context.Request.Headers;
        var errors = new List<InputError>();

        if (!EntityTagHeaderValue.TryParseList(headers.IfMatch, out var expected) && headers.IfMatch.Count > 0)
            errors.Add(InputError.InHeader(HeaderNames.IfMatch, "invalid-header", "If-Match is an entity tag with its quotes, or *."));

        var isCreateOnly = headers.IfNoneMatch.Count > 0;
        if (isCreateOnly && headers.IfNoneMatch != "*")
            errors.Add(InputError.InHeader(HeaderNames.IfNoneMatch, "invalid-header", "If-None-Match can only be * on a write."));

        var isRequired = context.GetEndpoint()?.Metadata.GetMetadata<MatchRequired>() is not null;
        return new(new Preconditions(expected ?? [], isCreateOnly, isRequired, errors));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new PreconditionMetadata());
}

/// <summary>Says in the documentation that a write takes If-Match and If-None-Match.</summary>
internal sealed record PreconditionMetadata;

/// <summary>Marks a write that is refused without If-Match, so that nobody's work is lost.</summary>
internal sealed record MatchRequired;
