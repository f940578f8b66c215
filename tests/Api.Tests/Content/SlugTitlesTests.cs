using System.Globalization;
using System.Text;
using System.Text.Json;
using Galley.Content;
using Galley.Tests.Support;

namespace Galley.Tests.Content;

/// <summary>Slugs of real headlines, in whatever language and script.</summary>
public sealed class SlugTitlesTests
{
    /// <summary>The headlines that are committed: one a language.</summary>
    public static IReadOnlyList<(string Language, string Title)> Sample { get; } =
        Read(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Samples", "slug-titles.ndjson")).Select(line => JsonDocument.Parse(line).RootElement));

    /// <summary>All headlines of the material.</summary>
    public static IReadOnlyList<(string Language, string Title)> All => Read(Material.Lines("hostile", "slug-titles.ndjson"));

    [Fact]
    public void A_headline_of_each_language_gets_a_slug_to_rely_on()
    {
        Assert.InRange(Sample.Select(each => each.Language).Distinct().Count(), 100, int.MaxValue);
        AssertSound(Sample);
    }

    [MaterialFact]
    public void So_does_every_headline_of_the_material()
    {
        Assert.InRange(All.Count, 1_592, int.MaxValue);
        AssertSound(All);
    }

    private static void AssertSound(IReadOnlyList<(string Language, string Title)> headlines)
    {
        Assert.Equal([], headlines.SelectMany(each => FaultsOf(each.Title).Select(fault => $"{each.Language}: {fault}: {each.Title} -> {Slug.From(each.Title)}")));

        var titles = headlines.Select(each => each.Title.Normalize()).Distinct().ToList();
        Assert.Equal(titles.Count, titles.Select(title => Slug.From(title)).Distinct().Count());
    }

    private static IEnumerable<string> FaultsOf(string title)
    {
        var slug = Slug.From(title);
        if (!Slug.IsValid(slug) || !slug.IsNormalized(NormalizationForm.FormC))
            yield return "not a slug";
        if (slug.Length is 0 or > 120)
            yield return "too long or empty";
        if (slug.EnumerateRunes().Any(rune => Rune.ToLowerInvariant(rune) != rune))
            yield return "not in lower case";
        if (slug.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control))
            yield return "holds what nobody sees";
        if (Slug.From(slug) != slug || Slug.From(slug, Slug.MaxLength) != slug)
            yield return "not its own slug";
        if (title.EnumerateRunes().Any(Rune.IsLetter) && !slug.EnumerateRunes().Any(Rune.IsLetter))
            yield return "no letter of it is left";
    }

    private static IReadOnlyList<(string Language, string Title)> Read(IEnumerable<JsonElement> lines) => [.. lines.Select(line => (line.Text("language"), line.Text("title")))];
}
