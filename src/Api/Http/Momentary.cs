using System.Reflection;

namespace Galley.Http;

/// <summary>Marks an address whose answers are true for a moment only: never stored, without a tag.</summary>
internal sealed record Momentary;

/// <summary>Where a stream goes on that was cut: the last id that its client saw.</summary>
internal sealed record LastEventId(string? Value) : IBindableFromHttpContext<LastEventId>
{
    public const string Name = "Last-Event-ID";

    public static ValueTask<LastEventId?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(new LastEventId(context.Request.Headers[Name].ToString() is { Length: > 0 } text ? text : null));
}
