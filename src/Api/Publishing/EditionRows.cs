using Galley.Content;
using Galley.Content.Search;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Reads and writes editions with everything that hangs on them: listings, references, transitions.</summary>
internal static class EditionRows
{
    private const string Values = """
        @Position, @ArticleId, @PublicId, @LanguageId, @Revision, @FromAt, @UntilAt, @EndsAt, @EndKind, @PublishedAt, @UpdatedAt, @ChangedAt, @BreakingUntil, @ExpiresAt, @Version,
        @Language, @Slug, @Headline, @SectionId, @SourceId, @TranslationGroup, @Slots, @Scopes, @Etag, @Document
        """;

    /// <summary>The editions of an article, at most two, in the order in which readers see them.</summary>
    public static ValueTask<IReadOnlyList<EditionRow>> ListEditionsAsync(this Session session, long articleId) =>
        session.ListAsync<EditionRow>($"select {EditionRow.Columns} from edition where article_id = @articleId order by from_at", new { articleId });

    public static ValueTask<EditionRow?> FindEditionAsync(this Session session, long position) =>
        session.FindAsync<EditionRow>($"select {EditionRow.Columns} from edition where position = @position", new { position });

    /// <summary>Another article of the language that readers see now under this canonical URL, given by its sender.</summary>
    public static ValueTask<string?> FindHolderAsync(this WriteSession write, string language, string canonicalUrl, long articleId) =>
        write.FindAsync<string>(
            $"""
            select e.public_id
            from edition_address a join edition e on e.position = a.position
            where a.address = @address and a.place = 0 and e.language = @language and e.article_id <> @articleId and {Visible.Edition}
            limit 1
            """,
            new { address = AddressKey.OfUrl(canonicalUrl), language, articleId, now = write.Now.Milliseconds });

    /// <summary>Makes an edition, in the place of <paramref name="replaced"/> where one is given.</summary>
    public static async ValueTask PutEditionAsync(this WriteSession write, MadeEdition made, EditionRow? replaced)
    {
        var edition = made.Row;
        if (replaced is not null && replaced.Position != edition.Position)
        {
            await write.RemoveEditionAsync(replaced);
            replaced = null;
        }

        if (replaced is null)
        {
            await write.ExecuteAsync($"insert into edition ({EditionRow.Columns}) values ({Values})", edition);
            await write.ExecuteAsync("insert into card (position, slots, tag, card) values (@Position, @Slots, @Tag, @Card)", made.Card);
            await write.ListAsync(edition, null);
            write.Reindex(edition.Position);
        }
        else
        {
            await write.RewriteEditionAsync(made, replaced);
        }

        await write.ReferAsync(edition, replaced, made.Content.Related);
        await write.AddressAsync(edition, replaced, made.Content);
    }

    /// <summary>Puts what was made again in the place of <paramref name="before"/>, in its listings too.</summary>
    public static async ValueTask RewriteEditionAsync(this WriteSession write, MadeEdition made, EditionRow before)
    {
        await write.ExecuteAsync($"update edition set ({EditionRow.Columns}) = ({Values}) where position = @Position", made.Row);
        await write.ExecuteAsync("update card set slots = @Slots, tag = @Tag, card = @Card where position = @Position", made.Card);
        await write.ListAsync(made.Row, before);
        if (SearchText.Of(made.Row.Document) != SearchText.Of(before.Document) || !made.Row.Scopes.AsSpan().SequenceEqual(before.Scopes))
            write.Reindex(made.Row.Position);
    }

    /// <summary>Puts what was made again in the place of what is there, without relying on any of it.</summary>
    public static async ValueTask RenewEditionAsync(this WriteSession write, MadeEdition made)
    {
        await write.ForgetPartsAsync(made.Row.Position);
        await write.ExecuteAsync($"update edition set ({EditionRow.Columns}) = ({Values}) where position = @Position", made.Row);
        await write.ExecuteAsync("insert into card (position, slots, tag, card) values (@Position, @Slots, @Tag, @Card)", made.Card);
        await write.ListAsync(made.Row, null);
        await write.ReferAsync(made.Row, null, made.Content.Related);
        await write.AddressAsync(made.Row, null, made.Content);
        write.Reindex(made.Row.Position);
    }

    /// <summary>Removes what other tables hold of an edition, but for its listings.</summary>
    public static async ValueTask ForgetPartsAsync(this WriteSession write, long position)
    {
        await write.ExecuteAsync("delete from card where position = @position", new { position });
        await write.ExecuteAsync("delete from reference where position = @position", new { position });
        await write.ExecuteAsync("delete from edition_address where position = @position", new { position });
    }

    /// <summary>Gives an edition another window, in its listings too.</summary>
    public static async ValueTask<EditionRow> RewindowAsync(this WriteSession write, EditionRow edition, Instant until, Instant endsAt, string endKind)
    {
        var changed = edition with { UntilAt = until.Milliseconds, EndsAt = endsAt.Milliseconds, EndKind = endKind };
        await write.ExecuteAsync("update edition set until_at = @UntilAt, ends_at = @EndsAt, end_kind = @EndKind where position = @Position", changed);
        await write.ListAsync(changed, edition);
        return changed;
    }

    /// <summary>Puts an edition in other scopes, as it is.</summary>
    public static async ValueTask RelistAsync(this WriteSession write, EditionRow edition, IEnumerable<Scope> scopes)
    {
        var changed = edition with { Scopes = ScopeSet.Pack(scopes) };
        await write.ExecuteAsync("update edition set scopes = @Scopes where position = @Position", changed);
        await write.ListAsync(changed, edition);
        write.Reindex(edition.Position);
    }

    public static async ValueTask RemoveEditionAsync(this WriteSession write, EditionRow edition)
    {
        write.Touch(edition);
        foreach (var scope in edition.ScopeList)
            await write.UnlistAsync(scope, edition.Position);

        if (edition.Has(SlotKinds.Related))
            await write.ExecuteAsync("delete from reference where position = @Position", new { edition.Position });

        await write.ExecuteAsync("delete from edition_address where position = @Position", new { edition.Position });
        await write.ExecuteAsync("delete from card where position = @Position", new { edition.Position });
        await write.ExecuteAsync("delete from edition where position = @Position", new { edition.Position });
        write.Reindex(edition.Position);
    }

    /// <summary>Takes an edition out of the scope of breaking news, whose time has passed.</summary>
    public static async ValueTask EndBreakingAsync(this WriteSession write, EditionRow edition)
    {
        write.Touch(edition);
        await write.UnlistAsync(Scope.Breaking, edition.Position);
        var scopes = ScopeSet.Pack(edition.ScopeList.Where(scope => scope != Scope.Breaking));
        await write.ExecuteAsync("update edition set scopes = @scopes where position = @Position", new { scopes, edition.Position });
    }

    private static async ValueTask ListAsync(this WriteSession write, EditionRow edition, EditionRow? replaced)
    {
        var before = replaced?.ScopeList ?? [];
        var after = edition.ScopeList;
        write.Touch(edition);
        if (replaced is not null)
            write.Touch(replaced);

        var isSameWindow = replaced is not null && replaced.Window == edition.Window && replaced.BreakingUntil == edition.BreakingUntil && replaced.LanguageId == edition.LanguageId;

        foreach (var scope in before.Except(after))
            await write.UnlistAsync(scope, edition.Position);

        foreach (var scope in isSameWindow ? after.Except(before) : after)
        {
            // A breaking flag ends by itself, often before the edition does.
            var until = scope == Scope.Breaking ? Math.Min(edition.UntilAt, edition.BreakingUntil ?? edition.UntilAt) : edition.UntilAt;
            await write.ExecuteAsync(
                """
                insert into listing (scope, position, language_id, from_at, until_at)
                values (@Packed, @Position, @LanguageId, @FromAt, @until)
                on conflict (scope, position) do update set language_id = excluded.language_id, from_at = excluded.from_at, until_at = excluded.until_at
                """,
                new { scope.Packed, edition.Position, edition.LanguageId, edition.FromAt, until });
        }
    }

    /// <summary>Has answers that show an edition, or might, be read anew.</summary>
    public static void Touch(this WriteSession write, EditionRow edition)
    {
        write.Touched.Article(edition.PublicId);
        write.Touched.Listed(edition.ScopeList, edition.Position);
    }

    private static ValueTask<int> UnlistAsync(this WriteSession write, Scope scope, long position) =>
        write.ExecuteAsync("delete from listing where scope = @Packed and position = @position", new { scope.Packed, position });

    private static async ValueTask ReferAsync(this WriteSession write, EditionRow edition, EditionRow? replaced, IReadOnlyList<RelatedUse> related)
    {
        if (replaced?.Has(SlotKinds.Related) == true)
            await write.ExecuteAsync("delete from reference where position = @Position", new { edition.Position });

        for (var place = 0; place < related.Count; place++)
        {
            var use = related[place];
            var target = use.Id ?? (await write.FindArticleAsync(use.Source!, use.ExternalId!))?.PublicId;
            await write.ExecuteAsync(
                """
                insert into reference (position, place, target, target_source, target_external_id)
                values (@Position, @place, @target, @Source, @ExternalId)
                """,
                new { edition.Position, place, target, use.Source, use.ExternalId });
        }
    }

    private static async ValueTask AddressAsync(this WriteSession write, EditionRow edition, EditionRow? replaced, ArticleContent content)
    {
        if (replaced is not null)
            await write.ExecuteAsync("delete from edition_address where position = @Position", new { edition.Position });

        foreach (var (place, address) in content.Addresses)
            await write.ExecuteAsync("insert into edition_address (position, place, address) values (@Position, @place, @address)", new { edition.Position, place, address });
    }
}
