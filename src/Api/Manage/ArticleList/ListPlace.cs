using Galley.Http;

namespace Galley.Manage.ArticleList;

/// <summary>A place in a walk: right behind an article, by what orders it.</summary>
internal readonly record struct ListPlace(long ModifiedAt, long Id);

/// <summary>Where a walk goes on, and in which direction.</summary>
internal readonly record struct ListCursor(ListPlace Place, bool IsBackward)
{
    /// <summary>As it stands in an answer: ids count what there is, and nobody is told.</summary>
    public string Write(NumberSeal.SealedNumbers seal) => seal.Write(Place.ModifiedAt, Place.Id, IsBackward ? 1 : 0);

    /// <summary>The cursor of a request, null where it has none. False for one that was not written for this list.</summary>
    public static bool TryRead(string? text, NumberSeal.SealedNumbers seal, out ListCursor? cursor)
    {
        cursor = text is not null && seal.Read(text) is [var modifiedAt, var id, var isBackward] ? new ListCursor(new ListPlace(modifiedAt, id), isBackward == 1) : null;
        return text is null || cursor is not null;
    }
}
