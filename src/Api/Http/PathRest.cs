using System.Reflection;
using Galley.Content;

namespace Galley.Http;

/// <summary>The end of an address that is one value whatever slashes it has: cut from the raw target and percent-decoded exactly once.</summary>
internal sealed class PathRest : IChecked, IBindableFromHttpContext<PathRest>
{
    private PathRest(string value, Problem? refusal) => (Value, Refusal) = (value, refusal);

    public string Value { get; }

    public Problem? Refusal { get; }

    public static ValueTask<PathRest?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var before = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.PathSegments.Count - 1;
        var value = RawTarget.Rest(context, before, out var fault);
        if (value is null)
            return new(new PathRest(string.Empty, Problems.Of(fault!)));

        return new(PlainText.FindFault(value) is { } text
            ? new PathRest(string.Empty, Problems.Of("malformed-request", $"The path {text}."))
            : new PathRest(PlainText.Normalize(value), null));
    }
}
