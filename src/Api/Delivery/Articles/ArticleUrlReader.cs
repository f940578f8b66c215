using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>What is found by a URL on the website, and under which id.</summary>
internal sealed record FoundByUrl(string Id, Finding Finding);

/// <summary>Reads visible articles by URLs: the canonical one, whoever made it, and aliases.</summary>
internal sealed class ArticleUrlReader(Database database, ArticleReader articles, Slots slots, SiteOptions site)
{
    public async ValueTask<FoundByUrl> FindAsync(string url, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var reach = await Reach.OfAsync(snapshot, limits);
        var sent = await snapshot.FindAddressedAsync(reach, AddressKey.OfUrl(url), now);
        var address = site.ArticleUrl?.Read(url);
        var made = address is null ? null : await FindMadeAsync(snapshot, reach, url, address, now);

        // A canonical URL wins over an alias, and of two the newer article's.
        var present = made is not null && (sent is not { IsCanonical: true } || made.Position > sent.Position) ? made.PublicId : sent?.PublicId;
        return await FirstAsync(snapshot, reach, present is not null ? [present] : await ListFormerAsync(snapshot, reach, url, address, now), now);
    }

    // The first that is visible, else the first that was.
    private async ValueTask<FoundByUrl> FirstAsync(Session snapshot, Reach reach, IEnumerable<string> ids, Instant now)
    {
        var first = new FoundByUrl(string.Empty, new Finding.Missing());
        foreach (var id in ids)
        {
            var finding = await articles.FindAsync(snapshot, reach, id, now);
            if (finding is Finding.Found)
                return new FoundByUrl(id, finding);
            if (first.Finding is Finding.Missing)
                first = new FoundByUrl(id, finding);
        }

        return first;
    }

    // The newest visible article whose canonical URL the configuration makes to be this one.
    private async ValueTask<DocumentRow?> FindMadeAsync(Session snapshot, Reach reach, string url, SiteAddress address, Instant now)
    {
        var asked = WebAddress.Comparable(url);
        var newest = null as DocumentRow;
        foreach (var row in await ListNamedAsync(snapshot, reach, address, now))
        {
            if (slots.CanonicalUrlOf(row.Links, row.PublicId, row.Path) is { } made && WebAddress.Comparable(made) == asked && (newest is null || row.Position > newest.Position))
                newest = row;
        }

        return newest;
    }

    private static async ValueTask<IReadOnlyList<DocumentRow>> ListNamedAsync(Session snapshot, Reach reach, SiteAddress address, Instant now)
    {
        if (address.Id is { } id)
            return await ArticleReader.FindVisibleAsync(snapshot, reach, id, now) is { } named ? [named] : [];

        var rows = new List<DocumentRow>();
        foreach (var language in await ListLanguagesAsync(snapshot, address))
        {
            if (await ArticleReader.FindVisibleAsync(snapshot, reach, language, address.Slug!, now) is { } row)
                rows.Add(row);
        }

        return rows;
    }

    // All that had it in readers' sight.
    private static async ValueTask<IReadOnlyList<string>> ListFormerAsync(Session snapshot, Reach reach, string url, SiteAddress? address, Instant now)
    {
        var ids = new List<string>();
        if ((await snapshot.FindFormerlyAddressedAsync(reach, AddressKey.OfUrl(url), now)).PublicId is { } sent)
            ids.Add(sent);
        if (address?.Id is { } id)
            ids.Add(id);

        foreach (var language in address is { Id: null } ? await ListLanguagesAsync(snapshot, address) : [])
        {
            if (await ArticleReader.FormerHolderAsync(snapshot, language, address!.Slug!, now) is { } holder
                && (!address.HasSection || await ArticleReader.HasStoodAsync(snapshot, holder, address.Section, now)))
            {
                ids.Add(holder);
            }
        }

        return ids;
    }

    // Where the address does not say it, any.
    private static async ValueTask<IReadOnlyList<string>> ListLanguagesAsync(Session snapshot, SiteAddress address) =>
        address.Language is { } language ? [language] : await snapshot.ListAsync<string>("select tag from language order by tag");
}
