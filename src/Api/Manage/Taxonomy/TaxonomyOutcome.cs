using Galley.Http;
using Galley.Storage;

namespace Galley.Manage.Taxonomy;

/// <summary>A section or tag as management answers it.</summary>
internal interface ITaxonomyEntry<TSelf>
    where TSelf : ITaxonomyEntry<TSelf>
{
    /// <summary>Its own address.</summary>
    string Address { get; }

    string? Etag { get; }

    /// <summary>What it is, and what names it among its kind.</summary>
    static abstract string Kind { get; }

    /// <inheritdoc cref="Kind"/>
    string Name { get; }

    /// <summary>The same, as the answer to a write that came to this.</summary>
    TSelf WithOutcome(string outcome);
}

/// <summary>What a write on a section or tag comes to. Closed: every consumer switches over all of it.</summary>
internal abstract record TaxonomyOutcome<T> : IAudited
    where T : ITaxonomyEntry<T>
{
    public Audited? Audited => this switch
    {
        Created(var entry) => new Audited(T.Kind, entry.Name, Audited.Created) { ToEtag = entry.Etag },
        Updated(var entry, var before) => new Audited(T.Kind, before.Name, Audited.Updated)
        {
            MovedTo = entry.Name == before.Name ? null : entry.Name,
            FromEtag = before.Etag,
            ToEtag = entry.Etag,
        },
        Deleted(var entry) => new Audited(T.Kind, entry.Name, Audited.Deleted) { FromEtag = entry.Etag },
        _ => null,
    };

    public sealed record Created(T Entry) : TaxonomyOutcome<T>;

    /// <summary>What it is now, and what it was: of a merge, the one that went.</summary>
    public sealed record Updated(T Entry, T Before) : TaxonomyOutcome<T>;

    public sealed record Unchanged(T Entry) : TaxonomyOutcome<T>;

    public sealed record Deleted(T Entry) : TaxonomyOutcome<T>;

    public sealed record NotFound : TaxonomyOutcome<T>;

    /// <summary>Its body cannot be read, or says what cannot be done.</summary>
    public sealed record Invalid(Problem Problem) : TaxonomyOutcome<T>;

    /// <summary>Another state than was expected; null where there is nothing at all.</summary>
    public sealed record Stale(string? Etag) : TaxonomyOutcome<T>;

    public sealed record AlreadyExists(string? Etag) : TaxonomyOutcome<T>;

    public sealed record Conflict(string Detail) : TaxonomyOutcome<T>;

    public sealed record InUse(string Detail) : TaxonomyOutcome<T>;

    public static TaxonomyOutcome<T> At(string pointer, string code, string detail) => new Invalid(Problems.InvalidContent([InputError.At(pointer, code, detail)]));

    /// <summary>What keeps a write from even looking at its content: its preconditions.</summary>
    public static TaxonomyOutcome<T>? Refuse(Preconditions preconditions, T? present) =>
        present is not null && preconditions.IsCreateOnly ? new AlreadyExists(present.Etag)
        : preconditions.Allow(present?.Etag) ? null
        : new Stale(present?.Etag);
}
