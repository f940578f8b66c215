namespace Galley.Delivery.Articles;

/// <summary>The address of an article below <c>by-path</c>: language, section path where there is one, slug.</summary>
internal readonly record struct ArticlePath(string Language, string? Section, string Slug)
{
    public static bool TryParse(string text, out ArticlePath path)
    {
        path = default;
        var (first, last) = (text.IndexOf('/'), text.LastIndexOf('/'));
        if (first < 0 || !Content.Language.TryParse(text[..first], out var language))
            return false;

        path = new ArticlePath(language.Tag, first == last ? null : text[(first + 1)..last], text[(last + 1)..]);
        return true;
    }
}
