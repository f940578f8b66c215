using Galley.Content;
using Galley.Storage;

namespace Galley;

/// <summary>The configuration under <c>Galley:</c>, checked at start: one clear line per mistake.</summary>
internal sealed record GalleyOptions
{
    private const string Section = "Galley";
    private const int MinAdminKey = 32;

    private static readonly string[] Known = ["Database", "AdminKey", "PublicUrl", "AnonymousRead", "DefaultLanguage", "SiteName"];

    public required string Database { get; init; }

    public required string? AdminKey { get; init; }

    public required string PublicUrl { get; init; }

    /// <summary>Whether the public address was guessed from where the server listens.</summary>
    public required bool IsPublicUrlGuessed { get; init; }

    public required bool AnonymousRead { get; init; }

    public required string DefaultLanguage { get; init; }

    public required string SiteName { get; init; }

    public static GalleyOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var mistakes = new List<string>();
        foreach (var unknown in section.GetChildren().Where(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            mistakes.Add($"{Section}:{unknown.Key} is not a setting. Known are {string.Join(", ", Known)}.");

        var adminKey = section["AdminKey"];
        if (adminKey is { Length: < MinAdminKey })
            mistakes.Add($"{Section}:AdminKey has {adminKey.Length} characters; it needs {MinAdminKey} or more.");

        var publicUrl = section["PublicUrl"] ?? configuration["urls"]!.Split(';')[0];
        if (WebAddress.Normalize(publicUrl) is null)
            mistakes.Add($"{Section}:PublicUrl is not an absolute http or https URL: {publicUrl}");

        if (!bool.TryParse(section["AnonymousRead"] ?? "true", out var anonymousRead))
            mistakes.Add($"{Section}:AnonymousRead is true or false, not {section["AnonymousRead"]}.");

        if (!Language.TryParse(section["DefaultLanguage"] ?? "en", out var language))
            mistakes.Add($"{Section}:DefaultLanguage is a BCP 47 language tag such as fr, not {section["DefaultLanguage"]}.");

        if (mistakes.Count > 0)
            throw new StartupRefusal(StartupRefusal.BadConfiguration, string.Join(Environment.NewLine, mistakes));

        return new GalleyOptions
        {
            Database = section["Database"] ?? "galley.db",
            AdminKey = adminKey,
            PublicUrl = publicUrl.TrimEnd('/'),
            IsPublicUrlGuessed = section["PublicUrl"] is null,
            AnonymousRead = anonymousRead,
            DefaultLanguage = language.Tag,
            SiteName = section["SiteName"] ?? "Galley",
        };
    }
}
