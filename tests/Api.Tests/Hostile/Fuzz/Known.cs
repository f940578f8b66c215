using System.Globalization;
using System.Text.Json;

namespace Galley.Tests.Hostile.Fuzz;

/// <summary>What a sender has learned from answers, so that its requests are about what is there.</summary>
internal sealed class Known(FuzzDice dice)
{
    private const int Most = 60;

    private readonly Dictionary<string, List<string>> _learned = new(StringComparer.Ordinal);

    public string Own() => string.Create(CultureInfo.InvariantCulture, $"{(dice.OneIn(10) ? "https://example.org/a/" : "story-")}{dice.Below(80)}");

    public string Source() => dice.Of(["wire", "wire", "desk", "x"]);

    public string Section() => dice.Of(["world", "world/asia", "world/asia/syria", "sport", "économie", "s1", "s2", "s3", "s1/a", "s2/b"]);

    public string Tag() => $"{Kind()}:{Slug()}";

    public string Kind() => dice.Of(["place", "person", "keyword", "event"]);

    public string Slug() => dice.Of(["paris", "syrie", "ada", "a", "b", "c", "cop31", "سوريا"]);

    public string Language() => dice.Of(["en", "fr", "ar", "he", "pt-BR", "zh-Hant"]);

    public string Instant() => new DateTimeOffset(2015 + dice.Below(25), 1 + dice.Below(12), 1 + dice.Below(28), dice.Below(24), dice.Below(60), dice.Below(60), TimeSpan.Zero).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>One that was learned under this name; else what an outsider would try.</summary>
    public string One(string name) => _learned.TryGetValue(name, out var values) && !dice.OneIn(20) ? dice.Of(values) : name switch
    {
        "id" => "5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11",
        "etag" => "\"abc\"",
        _ => "abc",
    };

    public void Learn(string operation, JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
            return;

        Learn(operation switch { "CreateKey" or "RotateKey" => "keyId", "CreatePreviewLink" => "linkId", _ => "id" }, answer, "id");
        Learn("etag", answer, "etag");
        Learn("articlePath", answer, "path");
        Learn("canonicalUrl", answer, "canonicalUrl");
        Learn("since", answer, "next");
        if (answer.TryGetProperty("page", out var page))
            Learn("cursor", page, dice.OneIn(2) ? "next" : "previous");
    }

    private void Learn(string name, JsonElement answer, string member)
    {
        if (!answer.TryGetProperty(member, out var value) || value.ValueKind != JsonValueKind.String)
            return;

        if (!_learned.TryGetValue(name, out var values))
            _learned[name] = values = [];
        if (values.Count < Most)
            values.Add(value.GetString()!);
        else
            values[dice.Below(Most)] = value.GetString()!;
    }
}
