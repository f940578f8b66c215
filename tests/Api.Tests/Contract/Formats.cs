using System.Text.Json;
using System.Text.RegularExpressions;

namespace Galley.Tests.Contract;

/// <summary>The formats that the contract names. In answers they are narrower than in what is sent.</summary>
internal static partial class Formats
{
    public static bool Fits(string format, JsonElement value, Direction direction) => (format, value.ValueKind) switch
    {
        ("int32", JsonValueKind.Number) => value.TryGetDecimal(out var number) && number is >= int.MinValue and <= int.MaxValue,
        ("int64", JsonValueKind.Number) => value.TryGetDecimal(out var number) && number is >= long.MinValue and <= long.MaxValue,
        ("double", JsonValueKind.Number) => true,
        ("date-time", JsonValueKind.String) => (direction == Direction.Sent ? SentInstant() : AnsweredInstant()).IsMatch(value.GetString()!),
        ("uuid", JsonValueKind.String) => (direction == Direction.Sent ? SentUuid() : AnsweredUuid()).IsMatch(value.GetString()!),
        ("uri", JsonValueKind.String) => IsAscii(value) && Uri.TryCreate(value.GetString(), UriKind.Absolute, out _),
        ("uri-reference", JsonValueKind.String) => IsAscii(value) && Uri.TryCreate(value.GetString(), UriKind.RelativeOrAbsolute, out _),
        ("section-path", JsonValueKind.String) => value.GetString()!.Split('/').All(slug => slug.Length > 0),
        ("language-tag", JsonValueKind.String) => LanguageTag().IsMatch(value.GetString()!),
        ("int32" or "int64" or "double" or "date-time" or "uuid" or "uri" or "uri-reference" or "section-path" or "language-tag", _) => true,
        _ => throw new NotSupportedException($"The contract uses the format {format}, which the checker does not know."),
    };

    private static bool IsAscii(JsonElement value) => value.GetString()!.All(c => c is > ' ' and < '\u007F');

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z\z")]
    private static partial Regex AnsweredInstant();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex SentInstant();

    [GeneratedRegex(@"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z")]
    private static partial Regex AnsweredUuid();

    [GeneratedRegex(@"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z")]
    private static partial Regex SentUuid();

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex LanguageTag();
}
