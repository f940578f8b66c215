using Galley.Content;
using Galley.Http;
using Galley.Publishing.Taxonomy;

namespace Galley.Delivery.Articles;

/// <summary>Which articles are asked for, in whatever form they are answered: by section, tags, language and source. Filters of different kinds all apply.</summary>
internal sealed record ArticleFilter
{
    public static IReadOnlyList<QueryParameter> Parameters => [ArticleParameters.Section, ArticleParameters.Depth, ArticleParameters.Tags, ArticleParameters.Language, ArticleParameters.Source];

    public required IReadOnlyList<SectionPath> Sections { get; init; }

    public required bool IsWithDescendants { get; init; }

    public required TagExpression? Tags { get; init; }

    public required IReadOnlyList<Language> Languages { get; init; }

    public required IReadOnlyList<SourceSlug> Sources { get; init; }

    /// <summary>Whether it lets everything through.</summary>
    public bool IsWhole => Sections.Count == 0 && Tags is null && Languages.Count == 0 && Sources.Count == 0;

    /// <summary>The names whose meaning decides what is let through.</summary>
    public IEnumerable<string> Names => [.. Sections.Select(Meanings.Of), .. (Tags?.Named() ?? []).Select(Meanings.Of)];

    /// <summary>What caches know a list under it by.</summary>
    public IReadOnlyList<string> SurrogateScopes =>
    [
        SurrogateKeys.List,
        .. Sections.Select(section => SurrogateKeys.OfSection(section.Value)),
        .. (Tags?.Named() ?? []).Select(tag => SurrogateKeys.OfTag(tag.Kind, tag.Slug)).Distinct(),
        .. Languages.Select(language => SurrogateKeys.OfLanguage(language.Tag)),
    ];

    /// <summary>What cursors and tokens are bound to.</summary>
    public required string Identity { get; init; }

    public static ArticleFilter Read(QueryReader reader)
    {
        var (sections, isWithDescendants, languages, sources) = (reader.Sections(), reader.IsWithDescendants(), reader.Languages(), reader.Sources());
        return new ArticleFilter
        {
            Sections = sections,
            IsWithDescendants = isWithDescendants,
            Tags = reader.TagExpression(),
            Languages = languages,
            Sources = sources,
            Identity = string.Join(
                '\n', ArticleParameters.Sorted(sections), isWithDescendants, reader.Text(ArticleParameters.Tags), ArticleParameters.Sorted(languages), ArticleParameters.Sorted(sources)),
        };
    }
}
