using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>
/// Tells readers of articles that show another one – as a translation, or as related – that what they show of it has changed. Nothing of theirs is
/// rendered again: it is a slot. But whoever keeps a copy must fetch it anew.
/// </summary>
internal static class Echoes
{
    /// <summary>From <paramref name="at"/> on others show <paramref name="now"/> of an article, or nothing, where they showed <paramref name="before"/>, or nothing.</summary>
    public static async ValueTask EchoAsync(this WriteSession write, EditionRow? before, EditionRow? now, Instant at)
    {
        if (before is not null && now is not null && IsShownAlike(before, now))
            return;

        await write.EchoAsync((before ?? now)!.PublicId, [before?.TranslationGroup, now?.TranslationGroup], at);
    }

    /// <summary>From <paramref name="at"/> on an article that others show has another address.</summary>
    public static ValueTask EchoAsync(this WriteSession write, EditionRow moved, Instant at) => write.EchoAsync(moved.PublicId, [moved.TranslationGroup], at);

    private static bool IsShownAlike(EditionRow before, EditionRow now) =>
        (before.Language, before.SectionId, before.Slug, before.Headline, before.TranslationGroup) == (now.Language, now.SectionId, now.Slug, now.Headline, now.TranslationGroup);

    private static async ValueTask EchoAsync(this WriteSession write, string publicId, IEnumerable<long?> groups, Instant at)
    {
        var showing = new SortedSet<long>(await write.ListAsync<long>("select position from reference where target = @publicId", new { publicId }));
        foreach (var group in groups.OfType<long>().Distinct())
            showing.UnionWith(await write.ListAsync<long>("select position from edition where translation_group = @group and public_id <> @publicId", new { group, publicId }));

        foreach (var position in showing)
            await write.TellAgainAsync(position, at);
    }

    // What readers do not see yet, or no more, is told when it comes or went.
    private static async ValueTask TellAgainAsync(this WriteSession write, long position, Instant at)
    {
        if (await write.FindEditionAsync(position) is { } edition && edition.Window.Holds(at)
            && await write.FindArticleAsync(edition.ArticleId) is { } article && article.ShownPosition == position)
        {
            await write.AppendAsync(article, ChangeKind.Reference, at, edition.Scopes);
        }
    }
}
