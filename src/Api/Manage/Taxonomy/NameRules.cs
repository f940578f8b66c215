using FluentValidation;
using Galley.Content;
using Galley.Http;

namespace Galley.Manage.Taxonomy;

/// <summary>Names by language, as they are sent and as they are kept.</summary>
internal static class NameRules
{
    public const int MaxNames = 50;
    public const int MaxName = 200;

    public static void AreNames<T>(this IRuleBuilder<T, IReadOnlyDictionary<string, string>?> rule) => rule.Faults(Check, "/names");

    /// <summary>The names under their languages' usual spelling, by language.</summary>
    public static IReadOnlyDictionary<string, string> Normalize(IReadOnlyDictionary<string, string>? names) =>
        new SortedDictionary<string, string>((names ?? new Dictionary<string, string>()).ToDictionary(name => Language.Parse(name.Key).Tag, name => name.Value), StringComparer.Ordinal);

    private static IEnumerable<Fault> Check(IReadOnlyDictionary<string, string> names, string pointer)
    {
        if (names.Count > MaxNames)
            return [Fault.TooMany(pointer, MaxNames)];

        return names.SelectMany(name => Check(name.Key, name.Value, names.Keys, $"{pointer}/{name.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));
    }

    private static IEnumerable<Fault> Check(string tag, string name, IEnumerable<string> tags, string pointer)
    {
        if (!Language.TryParse(tag, out var language))
            yield return new Fault(pointer, "invalid-language", "Expected names by BCP 47 language tag, such as fr.");
        else if (tags.Any(other => string.CompareOrdinal(other, tag) < 0 && Language.TryParse(other, out var same) && same == language))
            yield return new Fault(pointer, "duplicate", $"There is another name in {language.Tag}.");
        if (string.IsNullOrWhiteSpace(name))
            yield return new Fault(pointer, "required", "A name must not be blank.");
        if (name.Length > MaxName)
            yield return Fault.TooLong(pointer, MaxName);
    }
}
