using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Embargo;

/// <summary>The newsroom arranges sections and tags by hand, the same on both servers: only such as both have, and to places that nobody has.</summary>
internal sealed class Arrangement(Twins twins, Random random)
{
    private int _count;

    public Task ActAsync() => random.Next(4) switch
    {
        0 => NameAsync("sections"),
        1 => NameAsync("tags"),
        2 => MoveAsync(),
        _ => MergeAsync(),
    };

    private async Task NameAsync(string what)
    {
        if (await PickAsync(what) is not { } entry)
            return;

        var names = new Dictionary<string, string> { [random.Pick(Vocabulary.Languages)] = Vocabulary.Respell(random.Pick(Vocabulary.Sections)[0], random) };
        await twins.DoAsync("PUT", AddressOf(what, entry), new { names }, random.Next());
    }

    private async Task MoveAsync()
    {
        if (await PickAsync("sections") is not { } section)
            return;

        var (from, slug) = (section.Text("path"), $"moved-{++_count}");
        var above = random.Chance(40) ? (await PickAsync("sections"))!.Value.Text("path") : null;
        var isBelowItself = above is not null && $"{above}/".StartsWith($"{from}/", StringComparison.Ordinal);
        // The hidden world may have sections below it that nobody else has: eight levels must not be near.
        var isFlat = above is null || (above.Split('/').Length < 3 && from.Split('/').Length < 3);
        await twins.DoAsync("POST", "/v1/manage/section-moves", new { from, to = above is null || isBelowItself || !isFlat ? slug : $"{above}/{slug}" }, random.Next());
    }

    private async Task MergeAsync()
    {
        if (await PickAsync("tags") is not { } from || await PickAsync("tags") is not { } into)
            return;

        var isPossible = Key(from) != Key(into) && (from.Text("kind") == "contributor") == (into.Text("kind") == "contributor");
        if (isPossible)
            await twins.DoAsync("POST", "/v1/manage/tag-merges", new { from = Key(from), into = Key(into) }, random.Next());
    }

    private async Task<JsonElement?> PickAsync(string what) =>
        await Twins.ListAsync(twins.Without, $"/v1/manage/{what}?limit=100") is { Count: > 0 } entries ? random.Pick(entries) : null;

    private static string Key(JsonElement tag) => $"{tag.Text("kind")}:{tag.Text("slug")}";

    private static string AddressOf(string what, JsonElement entry) => what == "tags"
        ? $"/v1/manage/tags/{entry.Text("kind")}/{Uri.EscapeDataString(entry.Text("slug"))}"
        : $"/v1/manage/sections/{Uri.EscapeDataString(entry.Text("path"))}";
}
