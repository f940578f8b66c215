using Galley.Content;
using Galley.Http;
using Galley.Publishing;

namespace Galley.Manage.ArticleList;

/// <summary>Which articles the newsroom asks for. All of it is asked of what an entry shows: the newest revision, and where the article stands now.</summary>
internal sealed record ManagedArticleFilter
{
    private static readonly string[] States = [ArticleState.Draft, ArticleState.Scheduled, ArticleState.Live, ArticleState.Expired, ArticleState.Unpublished, ArticleState.TakenDown];

    private static readonly QueryParameter StateParameter = new("state", "Where articles stand now: any of these states.") { MaxItems = States.Length, Values = States };

    private static readonly QueryParameter HasDraftParameter =
        new("hasDraft", "`true`: only live articles with newer content than what readers see; `false`: only others.") { Type = "boolean" };

    private static readonly QueryParameter ExternalIdParameter =
        new("externalId", "The sender's own id, with one `source`: one article or none.") { MaxLength = SourceName.MaxExternalId };

    private static readonly QueryParameter PublishedAfterParameter = new("publishedAfter", "With a `publishedAt`, the sender's own, at this instant or later.") { Format = "date-time" };

    private static readonly QueryParameter PublishedBeforeParameter = new("publishedBefore", "With a `publishedAt` before this instant.") { Format = "date-time" };

    private static readonly QueryParameter UpdatedAfterParameter = new("updatedAfter", "With an `updatedAt`, the last change that readers should notice, at this instant or later.") { Format = "date-time" };

    private static readonly QueryParameter UpdatedBeforeParameter = new("updatedBefore", "With an `updatedAt` before this instant.") { Format = "date-time" };

    private static readonly QueryParameter BreakingParameter = new("breaking", "`true`: only those with a `breakingUntil` that is ahead; `false`: only others.") { Type = "boolean" };

    public static IReadOnlyList<QueryParameter> Parameters =>
    [
        StateParameter, HasDraftParameter, ArticleParameters.Section, ArticleParameters.Depth, ArticleParameters.Tags, ArticleParameters.Language, ArticleParameters.Source, ExternalIdParameter,
        PublishedAfterParameter, PublishedBeforeParameter, UpdatedAfterParameter, UpdatedBeforeParameter, ArticleParameters.UrgencyMax, BreakingParameter,
    ];

    /// <summary>Any of these; all where none is named.</summary>
    public required IReadOnlyList<string> StatesAskedFor { get; init; }

    public required bool? HasDraft { get; init; }

    public required IReadOnlyList<SectionPath> Sections { get; init; }

    public required bool IsWithDescendants { get; init; }

    public required TagExpression? Tags { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    public required string? ExternalId { get; init; }

    public required InstantRange Published { get; init; }

    public required InstantRange Updated { get; init; }

    public required int? UrgencyMax { get; init; }

    public required bool? IsBreaking { get; init; }

    /// <summary>What cursors are bound to.</summary>
    public required string Identity { get; init; }

    public static ManagedArticleFilter Read(QueryReader reader)
    {
        var filter = new ManagedArticleFilter
        {
            StatesAskedFor = [.. reader.Values(StateParameter, PlaceOfState, $"is any of {string.Join(", ", States)}").Select(place => States[place])],
            HasDraft = reader.Boolean(HasDraftParameter),
            Sections = reader.Sections(),
            IsWithDescendants = reader.IsWithDescendants(),
            Tags = reader.TagExpression(),
            Languages = [.. reader.Languages().Select(language => language.Tag)],
            Sources = [.. reader.Sources().Select(source => source.Value)],
            ExternalId = reader.Text(ExternalIdParameter),
            Published = reader.Range(PublishedAfterParameter, PublishedBeforeParameter),
            Updated = reader.Range(UpdatedAfterParameter, UpdatedBeforeParameter),
            UrgencyMax = reader.Integer(ArticleParameters.UrgencyMax),
            IsBreaking = reader.Boolean(BreakingParameter),
            Identity = string.Empty,
        };
        filter.CheckExternalId(reader);

        return filter with { Identity = filter.ToIdentity(reader.Text(ArticleParameters.Tags)) };
    }

    private static int? PlaceOfState(string text) => Array.IndexOf(States, text) is >= 0 and var place ? place : null;

    private void CheckExternalId(QueryReader reader)
    {
        if (ExternalId is null)
            return;
        if (SourceName.FindFault(ExternalId) is not null)
            reader.Fail(ExternalIdParameter, $"has at most {SourceName.MaxExternalId} UTF-16 code units and no controls");
        if (Sources.Count != 1 && reader.Errors.All(error => error.Parameter != ArticleParameters.Source.Name))
            reader.Fail(ExternalIdParameter, "names an article only with one source");
    }

    private string ToIdentity(string? tags) => string.Join(
        '\n',
        ArticleParameters.Sorted(StatesAskedFor),
        HasDraft,
        ArticleParameters.Sorted(Sections),
        IsWithDescendants,
        tags,
        ArticleParameters.Sorted(Languages),
        ArticleParameters.Sorted(Sources),
        ExternalId,
        Published.After,
        Published.Before,
        Updated.After,
        Updated.Before,
        UrgencyMax,
        IsBreaking);
}
