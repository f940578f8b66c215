using System.Text.Json;
using Galley.Content;
using Galley.Content.Body;
using Galley.Manage.Revisions;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Revisions;

/// <summary>What differs between two revisions leads from the one to the other, and is no more than that.</summary>
public sealed class CompareRevisionsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Tells_members_by_name_and_blocks_by_id()
    {
        var story = Given.Article().AsDraft().With("kicker", "Kicker").With("body", new { blocks = Blocks(("a", "One"), ("b", "Two"), ("c", "Three"), ("d", "Four")) });
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Another").Without("kicker").With("urgency", 3).With("body", new { blocks = Blocks(("c", "Three"), ("a", "One!"), ("e", "Five"), ("d", "Four")) }));

        var diff = await DiffAsync(id, 1, 2);

        Assert.Equal(["headline", "kicker", "urgency"], diff.GetProperty("fields").EnumerateArray().Select(field => field.Text("name")).Order(StringComparer.Ordinal));
        Assert.Equal(("Kicker", false), (Field(diff, "kicker").Text("from"), Field(diff, "kicker").Has("to")));
        Assert.Equal((false, 3), (Field(diff, "urgency").Has("from"), Field(diff, "urgency").Number("to")));
        Assert.Equal(
            ["removed b 1", "moved c 2 0", "changed a 0 1", "added e 2"],
            diff.GetProperty("blocks").EnumerateArray().Select(Written).OrderBy(text => text[0] == 'm' ? 1 : text[0] == 'r' ? 0 : text[0] == 'c' ? 2 : 3));
        Assert.Equal(["from", "to"], diff.GetProperty("blocks").EnumerateArray().Single(block => block.Text("op") == "changed").Members().Where(name => name is "from" or "to"));
    }

    [Fact]
    public async Task Is_empty_between_equal_revisions_in_both_directions_and_for_one_alone()
    {
        var story = Rich.Article(newsroom.Clock).AsDraft();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.With("kicker", "Autre"));
        await newsroom.Admin.RestoreAsync(id, 1).AnsweredAsync(200);

        foreach (var (from, to) in new[] { (1, 3), (3, 1), (2, 2) })
        {
            var diff = await DiffAsync(id, from, to);
            Assert.Equal((from, to, 0, 0), (diff.Number("from"), diff.Number("to"), diff.GetProperty("fields").GetArrayLength(), diff.GetProperty("blocks").GetArrayLength()));
        }
    }

    [Theory]
    [InlineData("from=1", "to invalid-parameter")]
    [InlineData("from=0&to=1", "from invalid-parameter")]
    [InlineData("from=x&to=1.5", "from invalid-parameter", "to invalid-parameter")]
    public async Task Both_numbers_are_needed(string query, params string[] errors)
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        Assert.Equal(errors, (await newsroom.Admin.GetAsync($"/v1/manage/articles/{id}/revision-diff?{query}").ProblemAsync(400, "invalid-parameter")).Errors());
    }

    [Fact]
    public void Carried_out_it_makes_the_other_body_whatever_the_two_are()
    {
        var random = new Random(7);
        for (var round = 0; round < 3_000; round++)
        {
            var (from, to) = (RandomBlocks(random), RandomBlocks(random));
            var changes = BlockDiff.Between(from, to);

            Assert.Equal(Text(to), Text(Applied(from, changes)));
            Assert.Empty(BlockDiff.Between(to, to));
            Assert.True(changes.Count <= from.Count + to.Count);
        }
    }

    [Fact]
    public void As_few_blocks_as_possible_are_told_to_have_moved()
    {
        var from = Enumerable.Range(0, 10).Select(i => Paragraph($"b{i}", "Text")).ToList();
        var to = from.Skip(1).Append(from[0]).ToList();

        var only = Assert.Single(BlockDiff.Between(from, to));

        Assert.Equal(("moved", "b0", 0, 9), (only.Op, only.Id, only.FromIndex, only.ToIndex));
    }

    [Fact]
    public void The_longest_bodies_upside_down_take_no_time_to_speak_of()
    {
        var from = Enumerable.Range(0, BlockRules.MaxBlocks).Select(i => Paragraph($"b{i}", $"Text {i}")).ToList();
        var to = Enumerable.Reverse(from).ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var changes = BlockDiff.Between(from, to);

        Assert.Equal(BlockRules.MaxBlocks - 1, changes.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    // As its description says, and nothing else.
    private static List<Block> Applied(IReadOnlyList<Block> from, IReadOnlyList<BlockChange> changes)
    {
        var before = from.ToDictionary(block => block.Id!, StringComparer.Ordinal);
        var changed = changes.Where(change => change.Op == "changed").ToDictionary(change => change.Id, change => change.To!, StringComparer.Ordinal);
        var taken = changes.Where(change => change.Op is "removed" or "moved").Select(change => change.Id).ToHashSet(StringComparer.Ordinal);
        var blocks = from.Where(block => !taken.Contains(block.Id!)).Select(block => changed.GetValueOrDefault(block.Id!, block)).ToList();
        foreach (var change in changes.Where(change => change.Op is "added" or "moved").OrderBy(change => change.ToIndex))
            blocks.Insert(change.ToIndex!.Value, change.To ?? before[change.Id]);

        return blocks;
    }

    private static List<Block> RandomBlocks(Random random)
    {
        var ids = Enumerable.Range(0, 8).Where(_ => random.Next(3) > 0).ToArray();
        random.Shuffle(ids);
        return [.. ids.Select(id => Paragraph($"b{id}", $"Text {random.Next(2)}"))];
    }

    private static Block Paragraph(string id, string text) => new() { Id = id, Type = "paragraph", Text = text };

    private static object[] Blocks(params (string Id, string Text)[] blocks) => [.. blocks.Select(block => new { id = block.Id, type = "paragraph", text = block.Text })];

    private static string Text(IEnumerable<Block> blocks) => ContentJson.WriteText(blocks);

    private static string Written(JsonElement change) =>
        string.Join(' ', new[] { change.Text("op"), change.Text("id") }.Concat(new[] { "fromIndex", "toIndex" }.Where(name => change.Has(name)).Select(name => $"{change.Number(name)}")));

    private static JsonElement Field(JsonElement diff, string name) => diff.GetProperty("fields").EnumerateArray().Single(field => field.Text("name") == name);

    private Task<JsonElement> DiffAsync(string id, int from, int to) => newsroom.Admin.GetJsonAsync($"/v1/manage/articles/{id}/revision-diff?from={from}&to={to}");
}
