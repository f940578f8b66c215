using Galley.Http;

namespace Galley.Manage.Articles;

/// <summary>What a write can come to. Closed: every consumer switches over all of it.</summary>
internal abstract record WriteOutcome : IAboutArticle
{
    public long? ArticleId => this switch
    {
        Created(var article, _) => article.Row.Id,
        Updated(var article, _) => article.Row.Id,
        Unchanged(var article, _) => article.Row.Id,
        _ => null,
    };

    public sealed record Created(StoredArticle Article, IReadOnlyList<InputWarning> Warnings) : WriteOutcome;

    public sealed record Updated(StoredArticle Article, IReadOnlyList<InputWarning> Warnings) : WriteOutcome;

    public sealed record Unchanged(StoredArticle Article, IReadOnlyList<InputWarning> Warnings) : WriteOutcome;

    public sealed record Deleted : WriteOutcome;

    public sealed record NotFound : WriteOutcome;

    /// <summary>There is no content to speak of: not JSON, too large, or another media type.</summary>
    public sealed record Unreadable(Problem Problem) : WriteOutcome;

    public sealed record Invalid(IReadOnlyList<InputError> Errors) : WriteOutcome;

    /// <summary>Somebody wrote while a patch was being merged: it is merged again, and nobody is told.</summary>
    public sealed record Overtaken : WriteOutcome;

    public sealed record AlreadyExists(string Etag) : WriteOutcome;

    /// <summary>The expected revision is not the present one; null where there is no article at all.</summary>
    public sealed record Stale(string? Etag) : WriteOutcome
    {
        /// <summary>The members that differ from what was expected, where that is known.</summary>
        public IReadOnlyList<string>? Changed { get; init; }
    }

    public sealed record MatchMissing(string Etag) : WriteOutcome;

    /// <summary>The key may not do what the content asks for.</summary>
    public sealed record ScopeMissing(string Scope) : WriteOutcome;

    /// <summary>The content names what the key is not for.</summary>
    public sealed record Outside(IReadOnlyList<InputError> Errors) : WriteOutcome;

    public sealed record TakenDown : WriteOutcome;

    public sealed record SlugTaken(string Slug) : WriteOutcome;

    public sealed record StateConflict(string Detail, string State, IReadOnlyList<string> Allowed) : WriteOutcome;
}
