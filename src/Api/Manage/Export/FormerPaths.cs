using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Manage.Export;

/// <summary>Where readers knew an article before: an old address leads on by what the server remembers, and elsewhere by an alias.</summary>
internal static class FormerPaths
{
    private const int MostAliases = 20;

    /// <summary>The article's own aliases, and behind them as many former paths as there is room for, <paramref name="present"/> ones aside.</summary>
    public static async ValueTask<IReadOnlyList<string>> WithFormerPathsAsync(this Session session, ArticleRow article, IReadOnlyList<string> aliases, params IReadOnlyList<string> present)
    {
        var known = aliases.Select(AddressKey.OfAlias).Concat(present.Select(AddressKey.OfPath)).Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        var former = (await ListAsync(session, article)).Where(path => known.Add(Convert.ToHexString(AddressKey.OfPath(path))));
        return [.. aliases, .. former.Take(MostAliases - aliases.Count)];
    }

    // Each slug that is still the article's, in each section where it stood.
    private static async ValueTask<IReadOnlyList<string>> ListAsync(Session session, ArticleRow article)
    {
        var slugs = await session.ListAsync<SlugRow>("select language, slug from article_slug where article_id = @Id", new { article.Id });
        var sections = new List<string>();
        foreach (var id in await session.ListAsync<long>("select distinct section_id from article_stand where public_id = @PublicId", new { article.PublicId }))
        {
            sections.AddRange(id == 0
                ? [string.Empty]
                : await session.ListAsync<string>("select path || '/' from section where id = @id union select path || '/' from section_alias where section_id = @id and is_public = 1", new { id }));
        }

        return [.. slugs.SelectMany(row => sections.Select(section => $"/{row.Language}/{section}{row.Slug}")).Order(StringComparer.Ordinal)];
    }

    private sealed class SlugRow
    {
        public string Language { get; init; } = string.Empty;

        public string Slug { get; init; } = string.Empty;
    }
}
