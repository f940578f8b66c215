using System.Reflection;
using Galley.Content;
using Galley.Http;
using Galley.Publishing.Taxonomy;

namespace Galley.Manage.Articles;

/// <summary>The query of a push.</summary>
internal sealed record PushQuery(CreateMissing CreateMissing) : IQuery<PushQuery>
{
    private static readonly QueryParameter CreateMissingParameter =
        new("createMissing", "Which unknown sections and tags to make, with a key of scope `taxonomy:write`. Without it, or with another key, an unknown one is 422. Existing ones are never changed.")
        {
            MaxItems = 2,
            Values = ["sections", "tags"],
        };

    private enum Kind
    {
        Sections,
        Tags,
    }

    public static IReadOnlyList<QueryParameter> Parameters => [CreateMissingParameter];

    public static PushQuery Read(QueryReader reader)
    {
        var kinds = reader.Values(CreateMissingParameter, KindOf, "is sections, tags, or both");
        return new PushQuery(new CreateMissing(kinds.Contains(Kind.Sections), kinds.Contains(Kind.Tags)));
    }

    private static Kind? KindOf(string text) => text switch
    {
        "sections" => Kind.Sections,
        "tags" => Kind.Tags,
        _ => null,
    };
}

/// <summary>An article by its sender's own id, in the query: for ids that a proxy would not let through in a path.</summary>
internal sealed record OwnIdQuery(ArticleTarget Target) : IQuery<OwnIdQuery>, INamesSources
{
    private static readonly QueryParameter Source = new("source", "The source that pushes the article.") { IsRequired = true, Pattern = "^[a-z0-9][a-z0-9._-]{0,62}$" };
    private static readonly QueryParameter ExternalId = new("externalId", "The sender's own id, 1 to 250 characters, case-sensitive.") { IsRequired = true, MaxLength = SourceName.MaxExternalId };

    public static IReadOnlyList<QueryParameter> Parameters => [Source, ExternalId];

    public IReadOnlyList<string> Sources => [Target.Source!];

    public static OwnIdQuery Read(QueryReader reader)
    {
        var (source, externalId) = (reader.Text(Source) ?? string.Empty, reader.Text(ExternalId) ?? string.Empty);
        if (source.Length > 0 && !SourceName.IsValid(source))
            reader.Fail(Source, "is 1 to 63 lower-case ASCII letters, digits, dots, hyphens and underscores");
        if (externalId.Length > 0 && SourceName.FindFault(externalId) is not null)
            reader.Fail(ExternalId, $"has at most {SourceName.MaxExternalId} UTF-16 code units and no controls");

        return new OwnIdQuery(ArticleTarget.By(source, externalId));
    }
}

/// <summary>The query of a push with the sender's own id in it.</summary>
internal sealed record OwnIdPushQuery(ArticleTarget Target, CreateMissing CreateMissing) : IQuery<OwnIdPushQuery>, INamesSources
{
    public static IReadOnlyList<QueryParameter> Parameters => [.. OwnIdQuery.Parameters, .. PushQuery.Parameters];

    public IReadOnlyList<string> Sources => [Target.Source!];

    public static OwnIdPushQuery Read(QueryReader reader) => new(OwnIdQuery.Read(reader).Target, PushQuery.Read(reader).CreateMissing);
}

/// <summary>An article by its sender's own id, in the path: the source, and everything behind `/articles/`.</summary>
internal sealed class OwnIdPath : IChecked, IBindableFromHttpContext<OwnIdPath>
{
    private OwnIdPath(ArticleTarget target, Problem? refusal) => (Target, Refusal) = (target, refusal);

    public ArticleTarget Target { get; }

    public Problem? Refusal { get; }

    public IReadOnlyList<string> Sources => [Target.Source!];

    public static async ValueTask<OwnIdPath?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var source = (string)context.GetRouteValue("source")!;
        var rest = (await PathRest.BindAsync(context, parameter))!;
        var refusal = rest.Refusal
            ?? (!SourceName.IsValid(source) ? Problems.Of("malformed-request", SourceName.Form) : null)
            ?? (SourceName.FindFault(rest.Value) is { } fault ? Problems.Of("malformed-request", fault) : null);

        return new OwnIdPath(ArticleTarget.By(source, rest.Value), refusal);
    }
}

/// <summary>The source in a path.</summary>
internal sealed class SourcePath : IChecked, IBindableFromHttpContext<SourcePath>
{
    private SourcePath(string source) => Source = source;

    public string Source { get; }

    public IReadOnlyList<string> Sources => [Source];

    public Problem? Refusal => SourceName.IsValid(Source) ? null : Problems.Of("malformed-request", SourceName.Form);

    public static ValueTask<SourcePath?> BindAsync(HttpContext context, ParameterInfo parameter) => new(new SourcePath((string)context.GetRouteValue("source")!));
}
