using System.Globalization;

namespace Galley.Tests.Hostile.Fuzz;

/// <summary>Dice that a seed repeats, and what hostile senders send.</summary>
internal sealed class FuzzDice(int seed)
{
    private static readonly string[] Words =
    [
        "Damas", "l’offensive", "«\u00A0éclair\u00A0»", "the", "of", "storm", "élection", "سوريا", "ירושלים", "東京", "Москва", "ﷺ", "😀", "e\u0301", "Łódź", "ß", "I\u0307stanbul", "a-b", "3.5", "O'Neil", "x\u00A0y", "<b>", "&amp;",
    ];

    // As they stand in the text of a request: not all of it is JSON.
    private static readonly string[] Json =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e2", "1e400", "-1e-400", "9223372036854775808", "123456789012345678901234567890", "01", "[]", "{}", "[null]", "[[]]", "[{}]", "[1,]", "{\"a\":1,\"a\":2}",
        "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\uffff\"", "\"\\ufdd0\"", "\"\\u202e\"", "\"\\u200b\"", "\"\\u007f\"", "\"\\u2028\"", "\"\\r\\n\"", "\"\\x\"", "\"a", "NaN", "Infinity", "undefined", "'a'", "/**/1", "",
        "\"<script>alert(1)</script>\"", "\"javascript:alert(1)\"", "\"http://[::1\"", "\"https://user:secret@example.org\"", "\"https://xn--\"", "\"//x\"", "\"../../etc/passwd\"", "\"a/b/c/d/e/f/g/h/i/j\"", "\"%00\"", "\"%zz\"",
        "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00Z\"", "\"2024-02-30T00:00:00Z\"", "\"2024-01-01T00:00:00+99:99\"", "\"2016-12-31T23:59:60Z\"", "\"2024-01-01T00:00:00\"", "\"2024-01-01T00:00:00.1234567891Z\"", "\"1700-01-01T00:00:00Z\"", "\"2200-12-31T23:59:59.999Z\"",
        "\"place:\"", "\":\"", "\"place:a:b\"", "\"-\"", "\"*\"", "\"💥\"", "\"\\ud83d\"", "\"00000000-0000-4000-8000-000000000000\"",
    ];

    private static readonly string[] Queries =
    [
        "", "%00", "%ff%fe", "%ED%A0%80", "%C0%AF", "%20", "%", "%zz", "+", "a,b,,c", ",", "%2C", "-1", "0", "101", "99999999999999999999", "1e9", "0x10", "NaN", "True", "TRUE", "yes", "null", "%22", "%22%22", "%22a", "*", "%5C", "(", ")", "()", "((((((((((", "-", "--a", "a%7Cb", "%7C", "%F0%9F%92%A5",
        "%EF%BF%BF", "%EF%B7%90", "%E2%80%AE", "%0A", "%0D%0A", "%7F", "'%20or%201%3D1--", "';%20drop%20table%20article;--", "place:", ":x", "place:a,place:b%7Cplace:c", "-place:a", "(place:a", "place:a)", "headline(", "a(b(c(d)))", "body,body", "*:*", "NEAR(a%20b)", "headline:a", "2024-13-01T00:00:00Z", "2024-01-01", "2024-01-01T00:00:00%2B01:00",
        "..", "%2e%2e", "..%2f..%2f", ".", "%2F", "%252F", "a%2F%2Fb", "a/", "%5c", "javascript:alert(1)", "http://", "https://a@b/", "http://[::1]/", "gal_test_x", "00000000-0000-4000-8000-000000000000", "00000000-0000-4000-8000-00000000000", "{id}",
    ];

    private readonly Random _random = new(seed);

    public int Below(int number) => _random.Next(number);

    public bool OneIn(int number) => _random.Next(number) == 0;

    public T Of<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>A value in JSON, or what only looks like one.</summary>
    public string HostileJson() => _random.Next(40) switch
    {
        0 => $"\"{new string('a', _random.Next(100, 30_000))}\"",
        1 => new string('[', 40) + new string(']', 40),
        2 => $"[{string.Join(',', Enumerable.Repeat("\"a\"", _random.Next(20, 6_000)))}]",
        3 => string.Create(CultureInfo.InvariantCulture, $"{_random.NextInt64(long.MinValue, long.MaxValue)}"),
        4 => $"\"{Any()}\"",
        _ => Of(Json),
    };

    /// <summary>The value of a parameter as it stands in an address.</summary>
    public string HostileQuery() => _random.Next(30) switch
    {
        0 => new string('a', _random.Next(100, 9_000)),
        1 => string.Join(',', Enumerable.Range(0, _random.Next(20, 300))),
        2 => Uri.EscapeDataString(Any()),
        3 => string.Concat(Enumerable.Repeat("(place:a,", _random.Next(2, 200))),
        _ => Of(Queries),
    };

    /// <summary>The value of a header: visible ASCII, for nothing else goes through a client.</summary>
    public string HostileHeader() => _random.Next(4) switch
    {
        0 => new string((char)_random.Next(33, 127), _random.Next(1, 400)),
        1 => string.Concat(Enumerable.Range(0, _random.Next(1, 40)).Select(_ => (char)_random.Next(32, 127))).Trim(),
        2 => Of(["\"", "W/\"a\"", "\"a\", *", "*, \"a\"", "\"a\"b", "\"\"", ",", "a=b;c", "Thu, 99 Jan 2026 00:00:00 GMT", "-1", "*/*;q=2", "gzip;q=", "identity;q=0, *;q=0", "application/json; charset=utf-7", "0", "99999999999999999999"]),
        _ => string.Empty,
    };

    public string Text(int words) => string.Join(' ', Enumerable.Range(0, _random.Next(1, words + 1)).Select(_ => Of(Words)));

    /// <summary>The same bytes after some accidents.</summary>
    public byte[] Mutate(byte[] bytes)
    {
        var mutated = bytes.ToList();
        for (var accident = _random.Next(1, 5); accident > 0 && mutated.Count > 0; accident--)
        {
            var at = _random.Next(mutated.Count);
            var count = Math.Min(_random.Next(1, 20), mutated.Count - at);
            switch (_random.Next(6))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    mutated[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    mutated.RemoveRange(at, count);
                    break;
                case 3:
                    mutated.InsertRange(at, mutated.GetRange(at, count));
                    break;
                case 4:
                    mutated.InsertRange(at, Enumerable.Range(0, count).Select(_ => (byte)_random.Next(256)));
                    break;
                default:
                    mutated.RemoveRange(at, OneIn(4) ? mutated.Count - at : 1);
                    break;
            }
        }

        return [.. mutated];
    }

    // Any UTF-16 that JSON and addresses take without an escape.
    private string Any() => string.Concat(Enumerable.Range(0, _random.Next(1, 30)).Select(_ => char.ConvertFromUtf32(Scalar())));

    private int Scalar()
    {
        var scalar = _random.Next(4) switch { 0 => _random.Next(0x20, 0x7F), 1 => _random.Next(0xA0, 0x700), 2 => _random.Next(0x2000, 0xD800), _ => _random.Next(0xE000, 0x110000) };
        return scalar is '"' or '\\' ? ' ' : scalar;
    }
}
