using System.Text.Json.Nodes;
using Galley.Content;
using Galley.Manage.Articles;
using Galley.Publishing;
using Galley.Publishing.Rendering;
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

    public async ValueTask<ExportPortion> ReadAsync(ExportPlace place, string unpushedAs, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var rows = await session.ListAsync<ArticleRow>($"select {ArticleRow.Columns} from article where id > @After order by id limit @take + 0", new { place.After, take = Portion });
        var (lines, bytes) = (new List<byte[]>(), 0L);
        foreach (var row in rows)
        {
            if (bytes >= MostBytes)
                return new ExportPortion(lines, place, IsLast: false);

            var before = lines.Count;
            var stored = await StoredArticle.LoadAsync(session, row, site, session.NotBefore(clock.Now));
            lines.AddRange((await LinesOfAsync(session, stored, unpushedAs)).Select(ContentJson.Write));
            bytes += lines.Skip(before).Sum(line => (long)line.Length);
            place = place with { After = row.Id, Articles = place.Articles + (lines.Count > before ? 1 : 0) };
        }

        return new ExportPortion(lines, place, rows.Count < Portion);
    }

    private async ValueTask<IReadOnlyList<ExportLine>> LinesOfAsync(Session session, StoredArticle stored, string unpushedAs)
    {
        // Under a takedown there is no text.
        if (stored.State == ArticleState.TakenDown)
            return [];

        var (source, externalId) = IdOf(stored.Row, stored.Source, unpushedAs);
        var line = new ExportLine { Op = "put", Source = source, ExternalId = externalId };
        var newest = await NewestAsync(session, stored, unpushedAs);
        var lines = stored switch
        {
            { Live: { } live, HasDraft: true } => [line with { Article = await LiveAsync(session, stored, live, unpushedAs) }, line with { Article = newest }],
            { State: ArticleState.Unpublished } => [line with { Article = newest }, line with { Op = "unpublish" }],
            _ => new List<ExportLine> { line with { Article = newest } },
        };
        lines.AddRange(stored.Corrections.Select(correction => line with { Op = "correct", Correction = correction }));
        return lines;
    }

    // What is withdrawn is put as a draft: where the lines are imported, readers must not see it even for a moment. So is what is newer than the live
    // revision: published, it would replace that at once, whatever it waits for here.
    private static ValueTask<JsonObject> NewestAsync(Session session, StoredArticle stored, string unpushedAs)
    {
        var isDraft = stored.HasDraft || stored.State == ArticleState.Unpublished;
        // One that readers know stays; one that was made of the headline will be made of it again.
        var slug = stored.Version == 0 ? stored.Content.Slug : stored.Slug;
        return FormOfAsync(session, stored, isDraft ? ArticleContent.Draft : stored.Content.Status, slug, unpushedAs);
    }

    private async ValueTask<JsonObject> LiveAsync(Session session, StoredArticle stored, EditionRow live, string unpushedAs)
    {
        var content = await session.LoadContentAsync(stored.Row.Id, live.Revision);
        var shown = stored with { Content = content, Places = await session.LoadPlacesAsync(content, site.DefaultLanguage, Debut.Past(stored.Now)) };
        return await FormOfAsync(session, shown, ArticleContent.Published, live.Slug, unpushedAs);
    }

    private static async ValueTask<JsonObject> FormOfAsync(Session session, StoredArticle stored, string status, string? slug, string unpushedAs)
    {
        var (content, answer) = (stored.Content, stored.ToAnswer());
        var path = Renderer.PathOf(content.Language, stored.Places, slug ?? stored.Slug);
        var aliases = stored.Version == 0 ? content.Aliases : await session.WithFormerPathsAsync(stored.Row, content.Aliases, path, answer.Path);
        return PutForm.Of(
            answer with
            {
                Status = status,
                Aliases = aliases.Count == 0 ? null : aliases,
                Related = content.Related.Count == 0 ? null : await OwnAsync(session, content.Related, unpushedAs),
                // Keys join the articles of a source, and without one they join nothing.
                TranslationKey = stored.Source is null ? null : answer.TranslationKey,
            },
            slug,
            await session.SectionFormOfAsync(content, stored.Places, stored.Now),
            stored.Places.Tags,
            place => content.Tags.FirstOrDefault(use => use.Id == place.Id)?.Name);
    }

    // Our ids are made anew where the lines are imported; those of the senders stay.
    private static async ValueTask<IReadOnlyList<RelatedUse>> OwnAsync(Session session, IReadOnlyList<RelatedUse> related, string unpushedAs)
    {
        var own = new List<RelatedUse>(related.Count);
        foreach (var use in related)
        {
            if (use.Id is { } id && await session.FindArticleAsync(id) is { } row)
            {
                var (source, externalId) = IdOf(row, await session.FindSourceSlugAsync(row.SourceId), unpushedAs);
                own.Add(new RelatedUse { Source = source, ExternalId = externalId });
            }
            else
            {
                own.Add(use);
            }
        }

        return own;
    }

    private static (string Source, string ExternalId) IdOf(ArticleRow row, string? source, string unpushedAs) =>
        source is null ? (unpushedAs, row.PublicId) : (source, row.ExternalId!);
}
