using Galley.Content;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Publishing.Rebuilding;

/// <summary>Makes again whatever readers have of one article.</summary>
internal sealed class ArticleRebuilder(EditionMaker maker)
{
    public async ValueTask RebuildAsync(WriteSession write, ArticleRow stored)
    {
        var article = stored with { };
        if (article.SourceId is not null)
        {
            await write.ExecuteAsync(
                "insert into article_key (source_id, external_id, article_id) values (@SourceId, @ExternalId, @Id) on conflict (source_id, external_id) do update set article_id = excluded.article_id",
                article);
        }

        // Of what was taken down nothing is made again.
        if (article.State == ArticleState.TakenDown)
            return;

        var editions = new List<EditionRow>();
        foreach (var edition in await ListAsync(write, article))
            editions.Add(await RenewAsync(write, article, edition));

        await ShowAsync(write, article, editions);
        if (article != stored)
            await write.UpdateAsync(article);
        await write.NoteWorkingScopesAsync(article);
    }

    // As they are, or as they must have been: those that are gone come again.
    private async ValueTask<IReadOnlyList<EditionRow>> ListAsync(WriteSession write, ArticleRow article)
    {
        await write.ExecuteAsync("update edition set article_id = @Id where public_id = @PublicId and article_id <> @Id", article);
        var editions = (await write.ListEditionsAsync(article.Id)).Where(edition => edition.PublicId == article.PublicId).ToList();
        var start = await write.FindAsync<long?>(
            $"select due_at from transition where article_id = @Id and kind = '{Transitions.Starts}' and due_at > @now order by due_at limit 1", new { article.Id, now = write.Now.Milliseconds });

        var live = editions.Find(edition => edition.Position == article.ShownPosition) ?? editions.Find(edition => edition.Window.Holds(write.Now));
        if (live is null && article.ShownPosition is { } lost)
            live = await MakeLostAsync(write, article, article.ShownRevision ?? article.WorkingRevision, null, null, lost);
        var ahead = editions.Find(edition => edition.Position != live?.Position);
        if (live is null)
        {
            return ahead is not null ? [ahead]
                : article.State == ArticleState.Published ? [await MakeLostAsync(write, article, article.WorkingRevision, null, start, null)]
                : [];
        }

        if (ahead is null && live.Revision < article.WorkingRevision && (start ?? (live.UntilAt < live.EndsAt ? live.UntilAt : null)) is { } at)
            ahead = await MakeLostAsync(write, article, article.WorkingRevision, live, at, null);

        return ahead is null ? [live] : [live with { UntilAt = Math.Min(ahead.FromAt, live.EndsAt) }, ahead];
    }

    private async ValueTask<EditionRow> MakeLostAsync(WriteSession write, ArticleRow article, long revision, EditionRow? live, long? at, long? position)
    {
        var content = await write.LoadContentAsync(article.Id, revision);
        var from = at is { } start ? new Instant(start) : content.EffectivePublishedAt(write.Now);
        if (position is not null)
            from = Instant.Min(from, write.Now);

        var made = await maker.MakeAsync(write, article with { WorkingRevision = revision }, content, live, from, isMinor: true);
        if (position is { } place)
            made = made with { Row = made.Row with { Position = place }, Card = made.Card with { Position = place } };
        await write.ForgetPartsAsync(made.Row.Position);
        await write.PutEditionAsync(made, null);
        return made.Row;
    }

    private async ValueTask<EditionRow> RenewAsync(WriteSession write, ArticleRow article, EditionRow edition)
    {
        var isShown = edition.Position == article.ShownPosition;
        if (edition.Revision < 1 || edition.Revision > article.WorkingRevision)
            edition = edition with { Revision = isShown ? article.ShownRevision ?? article.WorkingRevision : article.WorkingRevision };
        // Readers were told of it: it cannot lie ahead.
        if (isShown && edition.Window.From > write.Now)
            edition = edition with { FromAt = Math.Min(edition.PublishedAt, write.Now.Milliseconds) };

        var made = await maker.MakeAgainAsync(write, article, edition);
        if (!await Remains.AreAsync(write, made))
            await write.RenewEditionAsync(made);
        return made.Row;
    }

    private static async ValueTask ShowAsync(WriteSession write, ArticleRow article, IReadOnlyList<EditionRow> editions)
    {
        var live = editions.FirstOrDefault(edition => edition.Window.Holds(write.Now));
        var ended = live is null ? editions.FirstOrDefault(edition => edition.Position == article.ShownPosition) : null;
        await write.ScheduleAsync(article.Id, editions);
        // It ended, and nobody was told: settling does that.
        if (ended is not null)
        {
            await write.ExecuteAsync(
                "insert into transition (due_at, article_id, kind) values (@UntilAt, @ArticleId, 'ends') on conflict do nothing", ended);
        }

        if (live is not null)
            await ShowAsync(write, article, live);
        else if (ended is null)
            article.ShownPosition = null;

        if (article.Slug is { } slug && live is null)
            await OwnAsync(write, article, await LanguageOfAsync(write, article), slug);
    }

    private static async ValueTask ShowAsync(WriteSession write, ArticleRow article, EditionRow live)
    {
        article.ShownPosition = live.Position;
        article.Version = live.Version;
        article.ShownRevision ??= live.Revision;
        article.FirstPublishedAt ??= live.PublishedAt;
        article.UpdatedAt ??= live.UpdatedAt;
        if (article.ShownHash is null)
            article.ShownHash = EditionMaker.HashOf(await write.WithMergedTagsAsync(await write.LoadContentAsync(article.Id, live.Revision)));

        await OwnAsync(write, article, live.Language, live.Slug);
        await write.ExecuteAsync(
            """
            insert into article_stand (public_id, section_id, language_id, source_id)
            values (@PublicId, @SectionId, @LanguageId, @SourceId)
            on conflict (public_id, section_id, language_id) do update set source_id = excluded.source_id
            """,
            live);
        await write.ExecuteAsync(
            """
            insert into article_address (address, public_id)
            select address, @PublicId from edition_address where position = @Position
            on conflict do nothing
            """,
            live);
        await write.ExecuteAsync("delete from gone where public_id = @PublicId", live);
    }

    private static async ValueTask OwnAsync(WriteSession write, ArticleRow article, string language, string slug)
    {
        var holder = await write.FindAsync<long?>("select article_id from article_slug where language = @language and slug = @slug and is_current = 1", new { language, slug });
        if (holder != article.Id || article.Slug != slug)
            await write.OwnAsync(article, language, slug);
    }

    private static async ValueTask<string> LanguageOfAsync(WriteSession write, ArticleRow article) =>
        await write.FindAsync<string>("select language from article_slug where article_id = @Id and slug = @Slug order by is_current desc limit 1", article)
        ?? (await write.LoadContentAsync(article.Id, article.ShownRevision ?? article.WorkingRevision)).Language;
}
