using System.Reflection;

namespace Galley.Http;

/// <summary>Which articles a key is for: of which sources, in which sections or below them, in which languages. Null limits nothing; an empty list lets nothing through.</summary>
internal sealed class ContentLimits(IReadOnlyList<string>? sources, IReadOnlyList<long>? sectionIds, IReadOnlyList<string>? languages) : IBindableFromHttpContext<ContentLimits>
{
    public static readonly ContentLimits None = new(null, null, null);

    public IReadOnlyList<string>? Sources { get; } = sources;

    /// <summary>By id, so that they follow a section that moves.</summary>
    public IReadOnlyList<long>? SectionIds { get; } = sectionIds;

    public IReadOnlyList<string>? Languages { get; } = languages;

    /// <summary>What tells these limits from others.</summary>
    public string Identity => AreNone ? string.Empty : $"{Join(Sources)}\n{Join(SectionIds)}\n{Join(Languages)}";

    public bool AreNone => Sources is null && SectionIds is null && Languages is null;

    /// <summary>For handlers of delivery: what whoever reads may see of what is visible.</summary>
    public static ValueTask<ContentLimits?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Caller.Of(context)?.ReadingLimits ?? None);

    /// <summary>An article without a source is of none of those named.</summary>
    public bool HoldSource(string? source) => Sources is null || (source is not null && Sources.Contains(source, StringComparer.Ordinal));

    /// <summary>RFC 4647 §3.3.1: <c>pt</c> holds <c>pt-BR</c> too, <c>pt-BR</c> not <c>pt</c>.</summary>
    public bool HoldLanguage(string tag) => Languages is null || Languages.Any(range => IsWithin(tag, range));

    /// <summary>Whether one of the sections on the way to an article is among those named; an article without any stands in none of them.</summary>
    public bool HoldSection(IReadOnlyList<long> lineage) => SectionIds is null || lineage.Any(id => SectionIds.Contains(id));

    private static string Join<T>(IReadOnlyList<T>? list) => list is null ? "*" : string.Join(' ', list.Order());

    private static bool IsWithin(string tag, string range) =>
        tag.StartsWith(range, StringComparison.OrdinalIgnoreCase) && (tag.Length == range.Length || tag[range.Length] == '-');
}

/// <summary>Marks an operation that keeps to the limits of a key. Any other is closed to a key that has some: forgotten means closed.</summary>
internal sealed record LimitsHeeded;
