using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>What is found by a URL on the website, and under which id.</summary>
internal sealed record FoundByUrl(string Id, Finding Finding);

/// <summary>Reads visible articles by URLs: the canonical one, whoever made it, and aliases.</summary>
internal sealed class ArticleUrlReader(Database database, ArticleReader articles, SiteOptions site)
{
    public async ValueTask<FoundByUrl> FindAsync(string url, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var reach = await Reach.OfAsync(snapshot, limits);
        var sent = await snapshot.FindAddressedAsync(reach, AddressKey.OfUrl(url), now);
        var made = site.ArticleUrl is null ? null : (await reach.WithinAsync(await snapshot.ListMadeAsync(site.ArticleUrl, url, now))).MaxBy(each => each.Position);

        // A canonical URL wins over an alias, and of two the newer article's.
        var present = made is not null && (sent is not { IsCanonical: true } || made.Position > sent.Position) ? made.PublicId : sent?.PublicId;
        return await FirstAsync(snapshot, reach, present is not null ? [present] : await ListFormerAsync(snapshot, reach, url, now), now);
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

    // All that had it in readers' sight.
    private async ValueTask<IReadOnlyList<string>> ListFormerAsync(Session snapshot, Reach reach, string url, Instant now)
    {
        var address = site.ArticleUrl?.Read(url);
        var ids = new List<string>();
        if ((await snapshot.FindFormerlyAddressedAsync(reach, AddressKey.OfUrl(url), now)).PublicId is { } sent)
            ids.Add(sent);
        if (address?.Id is { } id)
            ids.Add(id);

        foreach (var language in address is { Id: null } ? await snapshot.ListLanguagesAsync(address) : [])
        {
            if (await ArticleReader.FormerHolderAsync(snapshot, language, address!.Slug!, now) is { } holder
                && (!address.HasSection || await ArticleReader.HasStoodAsync(snapshot, holder, address.Section, now)))
            {
                ids.Add(holder);
            }
        }

        return ids;
    }
}
