using System.Globalization;
using Galley.Content;
using Galley.Storage;

namespace Galley;

/// <summary>The configuration under <c>Galley:</c>, checked at start: one clear line per mistake.</summary>
internal sealed record GalleyOptions
{
    private const string Section = "Galley";
    private const int MinAdminKey = 32;
    private const int MaxCacheMegabytes = 65_536;
    private const int MaxAuditDays = 36_500;

    /// <summary>All settings there are. What is not in this list can neither be read nor be given.</summary>
    public static readonly IReadOnlyList<Setting> Settings =
    [
        new(nameof(Database), "galley.db", "path of the SQLite file; it is made when it does not exist"),
        new(nameof(AdminKey), null, $"a key that may do everything, {MinAdminKey} characters or more; without it one is made at the first start and printed once"),
        new(nameof(PublicUrl), null, "base of absolute URLs; without it the first of urls"),
        new(nameof(ArticleUrl), null, $"address of an article on the website, such as https://www.example.org/{{path}}, for canonicalUrl where the sender gave none; {ArticleUrl.Form}"),
        new(nameof(AnonymousRead), "true", "whether reading needs no key"),
        new(nameof(DefaultLanguage), "en", "language of names where nothing else decides"),
        new(nameof(SiteName), "Galley", "the name on the home page and of feeds"),
        new(nameof(CacheMegabytes), "48", "how much memory finished answers may take; 0 keeps none"),
        new(nameof(AuditDays), "400", "for how many days it is known who wrote what"),
    ];

    public required string Database { get; init; }

    public required string? AdminKey { get; init; }

    public required string PublicUrl { get; init; }

    /// <summary>Whether the public address was guessed from where the server listens.</summary>
    public required bool IsPublicUrlGuessed { get; init; }

    /// <summary>How the website addresses articles; null where nobody said.</summary>
    public required ArticleUrl? ArticleUrl { get; init; }

    public required bool AnonymousRead { get; init; }

    public required string DefaultLanguage { get; init; }

    public required string SiteName { get; init; }

    /// <summary>How many MiB of finished answers are kept; 0 for none.</summary>
    public required int CacheMegabytes { get; init; }

    /// <summary>For how many days the audit trail is kept.</summary>
    public required int AuditDays { get; init; }

    public static GalleyOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var urls = configuration["urls"] ?? string.Empty;
        List<string> mistakes = [.. UnknownIn(section), .. EmptyIn(section), .. ListenUrls.MistakesIn(urls)];
        // What is empty has been refused: its default keeps it from being refused once more.
        var given = Settings.ToDictionary(setting => setting.Name, setting => string.IsNullOrWhiteSpace(section[setting.Name]) ? setting.Default : section[setting.Name]);

        var options = new GalleyOptions
        {
            Database = given[nameof(Database)]!,
            AdminKey = ReadAdminKey(given[nameof(AdminKey)], mistakes),
            PublicUrl = ReadPublicUrl(given[nameof(PublicUrl)], mistakes) ?? ListenUrls.GuessPublicUrl(urls) ?? string.Empty,
            IsPublicUrlGuessed = given[nameof(PublicUrl)] is null,
            ArticleUrl = ReadArticleUrl(given[nameof(ArticleUrl)], mistakes),
            AnonymousRead = ReadAnonymousRead(given[nameof(AnonymousRead)]!, mistakes),
            DefaultLanguage = ReadLanguage(given[nameof(DefaultLanguage)]!, mistakes),
            SiteName = given[nameof(SiteName)]!,
            CacheMegabytes = ReadNumber(given, nameof(CacheMegabytes), 0, MaxCacheMegabytes, mistakes),
            AuditDays = ReadNumber(given, nameof(AuditDays), 1, MaxAuditDays, mistakes),
        };

        return mistakes.Count == 0 ? options : throw new StartupRefusal(StartupRefusal.BadConfiguration, string.Join(Environment.NewLine, mistakes));
    }

    private static IEnumerable<string> UnknownIn(IConfigurationSection section) => section.AsEnumerable(makePathsRelative: true)
        .Where(pair => pair.Value is not null && !Settings.Any(setting => setting.Name.Equals(pair.Key, StringComparison.OrdinalIgnoreCase)))
        .Select(pair => $"{Section}:{pair.Key} is not a setting. Known are {string.Join(", ", Settings.Select(setting => setting.Name))}.");

    private static IEnumerable<string> EmptyIn(IConfigurationSection section) => Settings
        .Where(setting => section[setting.Name] is { } text && string.IsNullOrWhiteSpace(text))
        .Select(setting => $"{Section}:{setting.Name} is empty. Give it a value, or leave it out.");

    private static string? ReadAdminKey(string? text, List<string> mistakes)
    {
        // A secret that is mounted as a file ends with a newline; a presented key is trimmed too.
        var key = text?.Trim();
        if (key?.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)) == true)
            mistakes.Add($"{Section}:AdminKey has a space or a control character in it, which no client could send.");
        else if (key?.Length < MinAdminKey)
            mistakes.Add($"{Section}:AdminKey has {key.Length} characters; it needs {MinAdminKey} or more.");

        return key;
    }

    private static string? ReadPublicUrl(string? text, List<string> mistakes)
    {
        if (text is null)
            return null;

        var url = WebAddress.Normalize(text.Trim());
        if (url is null)
            mistakes.Add($"{Section}:PublicUrl is not an absolute http or https URL: {text}");
        else if (url.AsSpan().ContainsAny('?', '#'))
            mistakes.Add($"{Section}:PublicUrl is the base of other URLs, so it has neither a query nor a fragment: {text}");

        return url?.TrimEnd('/');
    }

    private static ArticleUrl? ReadArticleUrl(string? text, List<string> mistakes)
    {
        if (text is null)
            return null;

        var found = ArticleUrl.MistakesIn(text.Trim()).Select(mistake => $"{Section}:ArticleUrl {mistake}: {text}").ToList();
        mistakes.AddRange(found);
        return found.Count == 0 ? ArticleUrl.Parse(text.Trim()) : null;
    }

    private static bool ReadAnonymousRead(string text, List<string> mistakes)
    {
        if (!bool.TryParse(text, out var value))
            mistakes.Add($"{Section}:AnonymousRead is true or false, not {text}.");

        return value;
    }

    private static int ReadNumber(Dictionary<string, string?> given, string name, int least, int most, List<string> mistakes)
    {
        if (!int.TryParse(given[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < least || value > most)
            mistakes.Add($"{Section}:{name} is a whole number from {least} to {most}, not {given[name]}.");

        return value;
    }

    private static string ReadLanguage(string text, List<string> mistakes)
    {
        if (!Language.TryParse(text, out var language))
            mistakes.Add($"{Section}:DefaultLanguage is a BCP 47 language tag such as fr, not {text}.");

        return language.Tag;
    }
}

/// <summary>A setting: its name below <c>Galley:</c>, what counts where it is left out, and what it means.</summary>
internal sealed record Setting(string Name, string? Default, string Meaning);
