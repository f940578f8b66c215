using Galley.Content;
using Galley.Manage.Articles;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Export;

/// <summary>One portion of an export: its lines, up to where they reach, and whether nothing follows.</summary>
internal sealed record ExportPortion(IReadOnlyList<byte[]> Lines, ExportPlace Place, bool IsLast)
{
    public long Bytes => Lines.Sum(line => (long)line.Length);
}

/// <summary>Reads all articles in the order in which they were made, in portions: no reader holds the database for long, and none needs more memory than a portion.</summary>
internal sealed class ExportReader(Database database, Clock clock, SiteOptions site)
{
    private const int Portion = 20;

    // Behind it no further article is read: one may have 2 MiB, and a draft of as much beside it.
    private const int MostBytes = 2 * 1024 * 1024;

    /// <summary>The place before the first article. What is written from now on the log of changes will tell.</summary>
    public async ValueTask<ExportPlace> BeginAsync(CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var log = await session.LoadLogAsync();
        return new ExportPlace(0, 0, log.Seq, log.Meaning);
    }

    public async ValueTask<ExportPortion> ReadAsync(ExportPlace place, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var rows = await session.ListAsync<ArticleRow>($"select {ArticleRow.Columns} from article where id > @After order by id limit @take + 0", new { place.After, take = Portion });
        var (lines, bytes) = (new List<byte[]>(), 0L);
        foreach (var row in rows)
        {
            if (bytes >= MostBytes)
                return new ExportPortion(lines, place, IsLast: false);

            var before = lines.Count;
            lines.AddRange((await LinesOfAsync(session, await StoredArticle.LoadAsync(session, row, site, session.NotBefore(clock.Now)))).Select(ContentJson.Write));
            bytes += lines.Skip(before).Sum(line => (long)line.Length);
            place = place with { After = row.Id, Articles = place.Articles + (lines.Count > before ? 1 : 0) };
        }

        return new ExportPortion(lines, place, rows.Count < Portion);
    }

    private async ValueTask<IEnumerable<ExportLine>> LinesOfAsync(Session session, StoredArticle stored)
    {
        // Under a takedown there is no text, and what no sender knows by an id of its own no sender could send.
        if (stored.State == ArticleState.TakenDown || stored.Source is not { } source || stored.Row.ExternalId is not { } externalId)
            return [];

        var newest = await PutAsync(session, stored);
        return stored switch
        {
            { Live: { } live, HasDraft: true } => [newest with { Article = await LiveAsync(session, stored, live) }, newest],
            { State: ArticleState.Unpublished } => [newest, new ExportLine { Op = "unpublish", Source = source, ExternalId = externalId }],
            _ => [newest],
        };
    }

    // What is withdrawn is put as a draft: where the lines are imported, readers must not see it even for a moment. So is what is newer than the live
    // revision: published, it would replace that at once, whatever it waits for here.
    private static async ValueTask<ExportLine> PutAsync(Session session, StoredArticle stored)
    {
        var isDraft = stored.HasDraft || stored.State == ArticleState.Unpublished;
        var status = isDraft ? ArticleContent.Draft : stored.Content.Status;
        // One that readers know stays; one that was made of the headline will be made of it again.
        var slug = stored.Live is null ? stored.Content.Slug : stored.Slug;
        return new ExportLine
        {
            Op = "put",
            Source = stored.Source!,
            ExternalId = stored.Row.ExternalId!,
            Article = PutForm.Of(stored.ToAnswer(), status, slug, await OwnAsync(session, stored.Content.Related)),
        };
    }

    private async ValueTask<System.Text.Json.Nodes.JsonObject> LiveAsync(Session session, StoredArticle stored, EditionRow live)
    {
        var content = await session.LoadContentAsync(stored.Row.Id, live.Revision);
        var shown = stored with { Content = content, Places = await session.LoadPlacesAsync(content, site.DefaultLanguage, Debut.Past(stored.Now)) };
        return PutForm.Of(shown.ToAnswer(), ArticleContent.Published, live.Slug, await OwnAsync(session, content.Related));
    }

    // Our ids are made anew where the lines are imported; those of the senders stay.
    private static async ValueTask<IReadOnlyList<RelatedUse>> OwnAsync(Session session, IReadOnlyList<RelatedUse> related)
    {
        var own = new List<RelatedUse>(related.Count);
        foreach (var use in related)
        {
            var row = use.Id is { } id ? await session.FindArticleAsync(id) : null;
            var source = row is null ? null : await session.FindSourceSlugAsync(row.SourceId);
            own.Add(source is null ? use : new RelatedUse { Source = source, ExternalId = row!.ExternalId });
        }

        return own;
    }
}
