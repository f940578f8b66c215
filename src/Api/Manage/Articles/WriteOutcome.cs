using Galley.Http;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>What a write can come to. Closed: every consumer switches over all of it.</summary>
internal abstract record WriteOutcome : IAboutArticle, IAudited
{
    public long? ArticleId => this switch
    {
        Created(var article, _) => article.Row.Id,
        Updated(var article, _) => article.Row.Id,
        Unchanged(var article, _) => article.Row.Id,
        _ => null,
    };

    // Each accepted write makes one revision.
    public Audited? Audited => this switch
    {
        Created(var article, _) => Of(article, Audited.Created) with { ToRevision = article.Row.WorkingRevision },
        Updated(var article, _) => Of(article, Audited.Updated) with { FromRevision = article.Row.WorkingRevision - 1, ToRevision = article.Row.WorkingRevision },
        Deleted(var article) => Of(article, Audited.Deleted) with { FromRevision = article.Row.WorkingRevision },
        _ => null,
    };

    public sealed record Created(StoredArticle Article, IReadOnlyList<InputWarning> Warnings) : WriteOutcome;

    public sealed record Updated(StoredArticle Article, IReadOnlyList<InputWarning> Warnings) : WriteOutcome;

    public sealed record Unchanged(StoredArticle Article, IReadOnlyList<InputWarning> Warnings) : WriteOutcome;

    /// <summary>With the article as it was.</summary>
    public sealed record Deleted(StoredArticle Article) : WriteOutcome;

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

    private static Audited Of(StoredArticle article, string outcome) => new("article", article.Row.PublicId, outcome) { Source = article.Source, ExternalId = article.Row.ExternalId };
}
