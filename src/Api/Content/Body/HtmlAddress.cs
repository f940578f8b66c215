namespace Galley.Content.Body;

/// <summary>Addresses as attributes hold them: with white space around, and line ends and tabs inside, that do not count (URL Standard, 4.4).</summary>
internal static class HtmlAddress
{
    public static string? Link(string text) => WebAddress.NormalizeLink(Cleaned(text));

    public static string? Web(string text) => WebAddress.Normalize(Cleaned(text));

    private static string Cleaned(string text) =>
        string.Concat(text.Where(c => c is not ('\t' or '\n' or '\r'))).Trim([.. Enumerable.Range(0, 0x21).Select(c => (char)c)]);
}
