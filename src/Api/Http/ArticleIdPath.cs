using System.Reflection;

namespace Galley.Http;

/// <summary>An article's id in a path; one that is malformed is not there.</summary>
internal sealed class ArticleIdPath : IChecked, IBindableFromHttpContext<ArticleIdPath>
{
    private ArticleIdPath(Guid? id) => (Id, Refusal) = (id ?? Guid.Empty, id is null ? Problems.NotFound() : null);

    public Guid Id { get; }

    public Problem? Refusal { get; }

    public static ValueTask<ArticleIdPath?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(new ArticleIdPath(Guid.TryParseExact((string?)context.GetRouteValue("id"), "D", out var id) ? id : null));
}
