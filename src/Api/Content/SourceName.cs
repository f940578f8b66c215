using System.Text.RegularExpressions;

namespace Galley.Content;

/// <summary>The name of a source in addresses, and the sender's own id beside it.</summary>
internal static partial class SourceName
{
    /// <summary>As JSON Schema has it.</summary>
    public const string Pattern = "^[a-z0-9][a-z0-9._-]{0,62}$";

    public const int MaxExternalId = 250;

    public const string Form = "A source is named by 1 to 63 lower-case ASCII letters, digits, dots, hyphens and underscores, beginning with a letter or digit.";

    public static bool IsValid(string text) => Shape().IsMatch(text);

    /// <summary>Why <paramref name="text"/> is no id of a sender's own, or null when it is one.</summary>
    public static string? FindFault(string text) =>
        text.Length is 0 or > MaxExternalId ? $"An externalId has 1 to {MaxExternalId} UTF-16 code units."
        : text.Any(char.IsControl) ? "An externalId has no controls, tabs or line ends."
        : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
