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
        errors.AddRange(await submission.Limits.FindFaultsAsync(write, submission.Target.Source ?? present?.Source, submission.Language, matcher.ReachedSectionId));
        if (submission.Input.TranslationKey is { } key && await IsTranslationTakenAsync(write, submission.Target, key, submission.Language, present))
            errors.Add(TranslationTaken(submission.Language));

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
            Aliases = AliasesOf(input),
            Section = section,
            Tags = tags,
            Contributors = contributors,
            LeadImage = input.LeadImage is null ? null : BlockNormalizer.Normalize(input.LeadImage),
            Blocks = BlockIds.Assign(submission.Blocks, kept?.Blocks ?? []),
            Urgency = input.Urgency,
            Agency = input.Agency,
            Rights = input.Rights,
            TranslationKey = input.TranslationKey,
            Related = [.. RelatedOf(submission, present)],
            PublishedAt = input.PublishedAt ?? (present?.Live is null ? present?.Content : kept)?.PublishedAt,
            EmbargoedUntil = input.EmbargoedUntil,
            ExpiresAt = input.ExpiresAt,
            BreakingUntil = input.BreakingUntil,
            DigitalSourceType = input.DigitalSourceType,
        };
    }

    // Each once, however it is spelt.
    private static IReadOnlyList<string> AliasesOf(ArticleInput input) =>
        [.. (input.Aliases ?? []).Select(alias => Alias.Normalize(alias)!).DistinctBy(alias => Convert.ToHexString(AddressKey.OfAlias(alias)))];

    // Each once, and none that is related to itself.
    private static IEnumerable<RelatedUse> RelatedOf(Submission submission, StoredArticle? present) =>
        (submission.Input.Related ?? [])
            .Select(each => new RelatedUse { Id = each.Id?.ToLowerInvariant(), Source = each.Source, ExternalId = each.ExternalId })
            .Where(use => use.Id is { } id ? id != present?.Row.PublicId : (use.Source, use.ExternalId) != (submission.Target.Source ?? present?.Source, submission.Target.ExternalId ?? present?.Row.ExternalId))
            .Distinct();

    // An answer that is sent back holds the slug the server made: that is no choice of the sender's.
    private static string? SlugOf(ArticleInput input, StoredArticle? present, ArticleContent? kept)
    {
        if (input.Slug is null)
            return present is { Row.Slug: not null } ? kept?.Slug : null;

        var slug = Slug.From(input.Slug, Slug.MaxLength);
        var isSentBack = present is not null && slug == present.Slug && (present.Row.Slug is not null || present.Content.Headline == input.Headline);
        return isSentBack ? kept?.Slug : slug;
    }

    private static async ValueTask<bool> IsTranslationTakenAsync(Session session, ArticleTarget target, string key, string language, StoredArticle? present)
    {
        if ((target.Source ?? present?.Source) is not { } source)
            return false;

        // By its newest revision or by what readers have of it: a draft in another language beside a live article frees nothing.
        return await session.FindAsync<long?>(
            """
            select a.id
            from source s join translation_group g on g.source_id = s.id join article a on a.translation_group = g.id
            where s.slug = @source and g.key = @key and a.language_id = (select id from language where tag = @language) and a.id <> @id
            union all
            select e.article_id
            from source s join translation_group g on g.source_id = s.id join edition e on e.translation_group = g.id
            where s.slug = @source and g.key = @key and e.language = @language and e.article_id <> @id
            limit 1
            """,
            new { source, key, language, id = present?.Row.Id ?? 0 }) is not null;
    }

    private static InputError TranslationTaken(string language) =>
        InputError.At("/translationKey", "translation-taken", $"Another article of this source has this key in {language}.");

    /// <summary>What is wrong beyond its own rules with an article that has other faults too, as far as it can be read.</summary>
    public static async ValueTask<IEnumerable<InputError>> FindFaultsAsync(Session session, ArticleTarget target, CreateMissing createMissing, Input<ArticleInput> input, StoredArticle? present, ContentLimits limits, Instant now)
    {
        var errors = ServerOwned.Check(input.ServerOwned, present?.ToAnswer());
        if (input.Value is not { } sent)
            return errors;

        // Names are found by language; where that cannot be read, only paths and slugs can be looked up.
        var hasLanguage = Language.TryParse(sent.Language, out var language);
        var matcher = new TaxonomyMatcher(session, createMissing, hasLanguage ? language.Tag : string.Empty, now);
        var section = Submission.SectionOf(sent);
        var isSectionKnown = IsSound("/section", input) && (section is null || hasLanguage || section.Path is not null);
        if (isSectionKnown)
            await matcher.MatchAsync(section);

        // A list that is too long is not looked up to its end.
        var wishes = Submission.TagsOf(sent).Concat(Submission.ContributorsOf(sent)).Take(Problems.MaxErrors + 1);
        await matcher.MatchAsync([.. wishes.Where(wish => IsSound(wish.Pointer, input) && (hasLanguage || wish.Slug is not null))]);
        errors = errors.Concat(matcher.Faults.Select(fault => InputError.At(fault.Pointer, fault.Code, fault.Detail)))
            .Concat(await limits.FindFaultsAsync(session, target.Source ?? present?.Source, hasLanguage ? language.Tag : null, isSectionKnown ? matcher.ReachedSectionId : null));

        return hasLanguage && sent.TranslationKey is { } key && await IsTranslationTakenAsync(session, target, key, language.Tag, present) ? errors.Append(TranslationTaken(language.Tag)) : errors;
    }

    private static bool IsSound(string pointer, Input<ArticleInput> input) =>
        !input.Errors.Any(error => error.Pointer == pointer || error.Pointer!.StartsWith(pointer + "/", StringComparison.Ordinal));
}
