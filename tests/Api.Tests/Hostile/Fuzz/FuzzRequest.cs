using System.Text;

namespace Galley.Tests.Hostile.Fuzz;

/// <summary>One request, before it becomes bytes.</summary>
internal sealed record FuzzRequest(string Operation, string Method, string Target, string? Authorization, IReadOnlyList<(string Name, string Value)> Headers, string? MediaType, byte[] Body)
{
    /// <summary>Null where the framework's client cannot send it.</summary>
    public HttpRequestMessage? ToMessage()
    {
        if (!Uri.TryCreate(Target, UriKind.Relative, out var target))
            return null;

        var message = new HttpRequestMessage(new HttpMethod(Method), target);
        if (Authorization is not null)
            message.Headers.TryAddWithoutValidation("Authorization", Authorization);
        if (MediaType is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
        }

        foreach (var (name, value) in Headers)
        {
            if (name.StartsWith("Content-", StringComparison.Ordinal))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            else
                message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public byte[] ToBytes(string host)
    {
        var head = new StringBuilder().Append(Method).Append(' ').Append(Target).Append(" HTTP/1.1\r\nHost: ").Append(host).Append("\r\nConnection: close\r\n");
        if (Authorization is not null)
            head.Append("Authorization: ").Append(Authorization).Append("\r\n");
        foreach (var (name, value) in Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (MediaType is not null)
            head.Append("Content-Type: ").Append(MediaType).Append("\r\nContent-Length: ").Append(Body.Length).Append("\r\n");
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }

    public override string ToString() => Shown(ToBytes("localhost"));

    /// <summary>Bytes for people: what is none of ASCII as its number.</summary>
    public static string Shown(byte[] bytes)
    {
        var text = string.Concat(bytes.Take(2_000).Select(each => each is >= 32 and < 127 or (byte)'\n' ? $"{(char)each}" : each == '\r' ? string.Empty : $"\\x{each:x2}"));
        return bytes.Length > 2_000 ? $"{text}… ({bytes.Length} bytes)" : text;
    }
}
