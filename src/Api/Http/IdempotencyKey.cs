using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Galley.Http;

/// <summary>The name that a sender gives to a request, so that it counts once however often it is sent: bare or in quotation marks, which is the same.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";

    private const int Longest = 255;

    private static readonly SearchValues<char> Visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)]);

    /// <summary>What names the request: this key in the hands of this caller, for this method and address. Null where none was sent, or none that can be one.</summary>
    public static byte[]? Read(HttpContext context, List<InputError> errors)
    {
        var header = context.Request.Headers[Header];
        if (header.Count == 0 || Caller.Of(context) is not { } caller)
            return null;

        if (header is [{ } value] && Unquote(value.Trim()) is { Length: > 0 and <= Longest } key && key.AsSpan().IndexOfAnyExcept(Visible) < 0)
            return SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.KeyId}\n{context.Request.Method}\n{RawTarget.Of(context)}\n{key}"));

        errors.Add(InputError.InHeader(Header, "invalid-header", $"{Header} is one key of 1 to {Longest} visible ASCII characters, bare or in quotation marks."));
        return null;
    }

    // RFC 9651 §3.3.3; a bare one has no quotation mark in it.
    private static string? Unquote(string text) =>
        !text.Contains('"', StringComparison.Ordinal) ? text
        : text is ['"', .. var inner, '"'] && inner.Replace("\\\\", string.Empty, StringComparison.Ordinal).Replace("\\\"", string.Empty, StringComparison.Ordinal).AsSpan().IndexOfAny('"', '\\') < 0
            ? inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
        : null;
}
