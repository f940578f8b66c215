using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>Makes the content of a revision of what was sent, what is already there, and the taxonomy.</summary>
internal static class ContentComposer
{
    /// <summary>The content, and what is wrong with it beyond its own rules: sections and tags nobody knows, members that are not the sender's to change.</summary>
    public static async ValueTask<(ArticleContent Content, IReadOnlyList<InputError> Errors)> ComposeAsync(WriteSession write, Submission submission, StoredArticle? present)
    {
        var matcher = new TaxonomyMatcher(write, submission.CreateMissing, submission.Language, write.Now);
        var section = await matcher.MatchAsync(submission.Section);
        var tags = await matcher.MatchAsync(submission.Tags);
        var contributors = await matcher.MatchAsync(submission.Contributors);

        var errors = matcher.Faults.Select(fault => InputError.At(fault.Pointer, fault.Code, fault.Detail)).ToList();
        errors.AddRange(ServerOwned.Check(submission.ServerOwned, present?.ToAnswer()));
        if (await IsTranslationTakenAsync(write, submission, present))
            errors.Add(InputError.At("/translationKey", "translation-taken", $"Another article of this source has this key in {submission.Language}."));

        var kept = present is null ? null : await KeptAsync(write, submission, present);
        return (Compose(submission, present, kept, section, tags, contributors), errors);
    }

    // What a sender publishes keeps what readers know, not what a draft of somebody else's would have changed: nobody has published that.
    private static async ValueTask<ArticleContent> KeptAsync(Session session, Submission submission, StoredArticle present) =>
        submission.Status == ArticleContent.Published && present.Row.ShownRevision is { } shown && shown != present.Row.WorkingRevision
            ? await session.LoadContentAsync(present.Row.Id, shown)
            : present.Content;

    private static ArticleContent Compose(
        Submission submission, StoredArticle? present, ArticleContent? kept, SectionUse? section, IReadOnlyList<TagUse> tags, IReadOnlyList<TagUse> contributors)
    {
        var input = submission.Input;
        return new ArticleContent
        {
            Language = submission.Language,
            Status = submission.Status,
            Headline = input.Headline,
            Kicker = input.Kicker,
            Dateline = input.Dateline,
            Byline = input.Byline,
            Standfirst = input.Standfirst,
            Slug = SlugOf(input, present, kept),
            CanonicalUrl = input.CanonicalUrl is null ? null : WebAddress.Normalize(input.CanonicalUrl),
            Section = section,
            Tags = tags,
            Contributors = contributors,
            LeadImage = input.LeadImage is null ? null : BlockNormalizer.Normalize(input.LeadImage),
            Blocks = BlockIds.Assign(submission.Blocks, kept?.Blocks ?? []),
            Urgency = input.Urgency,
            Agency = input.Agency,
            Rights = input.Rights,
            TranslationKey = input.TranslationKey,
            Related = [.. (input.Related ?? []).Select(each => new RelatedUse { Id = each.Id?.ToLowerInvariant(), Source = each.Source, ExternalId = each.ExternalId })],
            PublishedAt = input.PublishedAt ?? (present?.Live is null ? present?.Content : kept)?.PublishedAt,
            EmbargoedUntil = input.EmbargoedUntil,
            ExpiresAt = input.ExpiresAt,
            BreakingUntil = input.BreakingUntil,
            DigitalSourceType = input.DigitalSourceType,
        };
    }

    // An answer that is sent back holds the slug the server made: that is no choice of the sender's.
    private static string? SlugOf(ArticleInput input, StoredArticle? present, ArticleContent? kept)
    {
        if (input.Slug is null)
            return present is { Row.Slug: not null } ? kept?.Slug : null;

        var slug = Slug.From(input.Slug, Slug.MaxLength);
        var isSentBack = present is not null && slug == present.Slug && (present.Row.Slug is not null || present.Content.Headline == input.Headline);
        return isSentBack ? kept?.Slug : slug;
    }

    private static async ValueTask<bool> IsTranslationTakenAsync(Session session, Submission submission, StoredArticle? present)
    {
        var source = submission.Target.Source ?? present?.Source;
        if (submission.Input.TranslationKey is not { } key || source is null)
            return false;

        // By its newest revision or by what readers have of it: a draft in another language beside a live article frees nothing.
        return await session.FindAsync<long?>(
            """
            select a.id
            from source s join translation_group g on g.source_id = s.id join article a on a.translation_group = g.id
            where s.slug = @source and g.key = @key and a.language_id = (select id from language where tag = @Language) and a.id <> @id
            union all
            select e.article_id
            from source s join translation_group g on g.source_id = s.id join edition e on e.translation_group = g.id
            where s.slug = @source and g.key = @key and e.language = @Language and e.article_id <> @id
            limit 1
            """,
            new { source, key, submission.Language, id = present?.Row.Id ?? 0 }) is not null;
    }

    /// <summary>Sections and tags that nobody knows in an article that has other faults too, as far as they can be read.</summary>
    public static async ValueTask<IEnumerable<InputError>> FindUnknownAsync(Session session, CreateMissing createMissing, Input<ArticleInput> input, Instant now)
    {
        if (input.Value is not { Language: { } tag } sent || !Language.TryParse(tag, out var language))
            return [];

        var matcher = new TaxonomyMatcher(session, createMissing, language.Tag, now);
        if (IsSound("/section", input))
            await matcher.MatchAsync(Submission.SectionOf(sent));

        await matcher.MatchAsync([.. Submission.TagsOf(sent).Concat(Submission.ContributorsOf(sent)).Where(wish => IsSound(wish.Pointer, input) && IsSound(wish.Pointer.Split('/')[1], input))]);
        return matcher.Faults.Select(fault => InputError.At(fault.Pointer, fault.Code, fault.Detail));
    }

    private static bool IsSound(string pointer, Input<ArticleInput> input) => !input.Errors.Any(error => error.Pointer!.StartsWith(pointer, StringComparison.Ordinal));
}
