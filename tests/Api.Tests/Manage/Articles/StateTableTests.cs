using System.Globalization;
using System.Text;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>
/// The whole table: what every write and transition comes to in every state. A cell says the answer, the article after it, what readers see, which changes they are
/// told, and what moved of their instants (p publication, f first publication, u update, m last modified); then the same two hours later, when all that was to come has come.
/// Readers' headlines: A was published, B lies in a draft or a pending update, C is the write's own.
/// </summary>
public sealed class StateTableTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly Dictionary<string, string> Tables = Parse("""
        draft:
        publish           200 updated live published r2 v1 | A told published | A
        publish at        200 updated scheduled published r2 v0 | 404 | A told published
        publish, no end   200 updated live published r2 v1 | A told published | A
        unpublish         409 state-conflict draft | 404 | 404
        unpublish at      409 state-conflict draft | 404 | 404
        discard           409 state-conflict draft | 404 | 404
        takedown          409 state-conflict draft | 404 | 404
        delete            204 | 404 | 404
        put draft         200 updated draft draft r2 v0 | 404 | 404
        put published     200 updated live published r2 v1 | C told published | C
        put minor edit    200 updated live published r2 v1 | C told published | C
        put ahead         200 updated scheduled published r2 v0 | 404 | C told published
        put embargoed     200 updated scheduled published r2 v0 | 404 | C told published
        put ended         200 updated expired published r2 v0 | 404 | 404

        scheduled:
        publish           200 updated live published r2 v1 | A told published | A
        publish at        200 updated scheduled published r2 v0 | 404 | A told published
        publish, no end   200 updated live published r2 v1 | A told published | A
        unpublish         200 updated draft draft r2 v0 | 404 | 404
        unpublish at      409 state-conflict scheduled | 404 | A told published
        discard           409 state-conflict scheduled | 404 | A told published
        takedown          200 updated taken-down draft r2 v0 | 404 | 404
        delete            204 | 404 | 404
        put draft         200 updated draft draft r2 v0 | 404 | 404
        put published     200 updated scheduled published r2 v0 | 404 | C told published
        put minor edit    200 updated scheduled published r2 v0 | 404 | C told published
        put ahead         200 updated scheduled published r2 v0 | 404 | C told published
        put embargoed     200 updated scheduled published r2 v0 | 404 | C told published
        put ended         200 updated expired published r2 v0 | 404 | 404

        embargoed:
        publish           200 updated live published r2 v1 | A told published | A
        publish at        200 updated scheduled published r2 v0 | 404 | A told published
        publish, no end   200 updated live published r2 v1 | A told published | A
        unpublish         200 updated draft draft r2 v0 | 404 | 404
        unpublish at      409 state-conflict scheduled | 404 | A told published
        discard           409 state-conflict scheduled | 404 | A told published
        takedown          200 updated taken-down draft r2 v0 | 404 | 404
        delete            204 | 404 | 404
        put draft         200 updated draft draft r2 v0 | 404 | 404
        put published     200 updated live published r2 v1 | C told published | C
        put minor edit    200 updated live published r2 v1 | C told published | C
        put ahead         200 updated scheduled published r2 v0 | 404 | C told published
        put embargoed     200 updated scheduled published r2 v0 | 404 | C told published
        put ended         200 updated expired published r2 v0 | 404 | 404

        live:
        publish           200 unchanged live published r1 v1 | A | A
        publish at        200 unchanged live published r1 v1 | A | A
        publish, no end   200 unchanged live published r1 v1 | A | A
        unpublish         200 updated unpublished draft r2 v1 | 410 told unpublished | 410
        unpublish at      200 updated live+end published r2 v1 | A | 410 told unpublished
        discard           409 state-conflict live | A | A
        takedown          200 updated taken-down draft r2 v1 | 410 told takedown | 410
        delete            204 | 410 told deleted | 410
        put draft         200 updated live+draft draft r2 v1 !live-unchanged | A | A
        put published     200 updated live published r2 v2 | C moved um told updated | C
        put minor edit    200 updated live published r2 v2 | C moved m told updated | C
        put ahead         409 state-conflict live | A | A
        put embargoed     409 state-conflict live | A | A
        put ended         409 state-conflict live | A | A

        live with draft:
        publish           200 updated live published r3 v2 | B moved um told updated | B
        publish at        200 updated live+draft+pending published r3 v1 | A | B moved um told updated
        publish, no end   200 updated live published r3 v2 | B moved um told updated | B
        unpublish         200 updated unpublished draft r3 v1 | 410 told unpublished | 410
        unpublish at      200 updated live+draft+end draft r3 v1 | A | 410 told unpublished
        discard           200 updated live published r3 v1 | A | A
        takedown          200 updated taken-down draft r3 v1 | 410 told takedown | 410
        delete            204 | 410 told deleted | 410
        put draft         200 updated live+draft draft r3 v1 !live-unchanged | A | A
        put published     200 updated live published r3 v2 | C moved um told updated | C
        put minor edit    200 updated live published r3 v2 | C moved m told updated | C
        put ahead         409 state-conflict live | A | A
        put embargoed     409 state-conflict live | A | A
        put ended         409 state-conflict live | A | A

        live with pending:
        publish           200 updated live published r4 v2 !pending-dropped | B moved um told updated | B
        publish at        200 updated live+draft+pending published r4 v1 !pending-dropped | A | B moved um told updated
        publish, no end   200 updated live published r4 v2 !pending-dropped | B moved um told updated | B
        unpublish         200 updated unpublished draft r4 v1 | 410 told unpublished | 410
        unpublish at      200 updated live+draft+end published r4 v1 | A | 410 told unpublished
        discard           200 updated live published r4 v1 | A | A
        takedown          200 updated taken-down draft r4 v1 | 410 told takedown | 410
        delete            204 | 410 told deleted | 410
        put draft         200 updated live+draft+pending draft r4 v1 !live-unchanged | A | B moved um told updated
        put published     200 updated live published r4 v2 !pending-dropped | C moved um told updated | C
        put minor edit    200 updated live published r4 v2 !pending-dropped | C moved m told updated | C
        put ahead         409 state-conflict live | A | B moved um told updated
        put embargoed     409 state-conflict live | A | B moved um told updated
        put ended         409 state-conflict live | A | B moved um told updated

        live, ending:
        publish           200 updated live published r3 v1 | A | A
        publish at        200 updated live published r3 v1 | A | A
        publish, no end   200 updated live published r3 v1 | A | A
        unpublish         200 updated unpublished draft r3 v1 | 410 told unpublished | 410
        unpublish at      200 updated live+end published r3 v1 | A | 410 told unpublished
        discard           409 state-conflict live | A | 410 told unpublished
        takedown          200 updated taken-down draft r3 v1 | 410 told takedown | 410
        delete            204 | 410 told deleted | 410
        put draft         200 updated live+draft+end draft r3 v1 !live-unchanged | A | 410 told unpublished
        put published     200 updated live+end published r3 v2 | C moved um told updated | 410 told unpublished
        put minor edit    200 updated live+end published r3 v2 | C moved m told updated | 410 told unpublished
        put ahead         409 state-conflict live | A | 410 told unpublished
        put embargoed     409 state-conflict live | A | 410 told unpublished
        put ended         409 state-conflict live | A | 410 told unpublished

        live, expiring:
        publish           200 unchanged live published r1 v1 | A | 410 told expired
        publish at        409 state-conflict live | A | 410 told expired
        publish, no end   200 updated live published r2 v2 | A moved um told updated | A
        unpublish         200 updated unpublished draft r2 v1 | 410 told unpublished | 410
        unpublish at      200 updated live+end published r2 v1 | A | 410 told expired
        discard           409 state-conflict live | A | 410 told expired
        takedown          200 updated taken-down draft r2 v1 | 410 told takedown | 410
        delete            204 | 410 told deleted | 410
        put draft         200 updated live+draft draft r2 v1 !live-unchanged | A | 410 told expired
        put published     200 updated live published r2 v2 | C moved um told updated | C
        put minor edit    200 updated live published r2 v2 | C moved m told updated | C
        put ahead         409 state-conflict live | A | 410 told expired
        put embargoed     409 state-conflict live | A | 410 told expired
        put ended         409 state-conflict live | A | 410 told expired

        expired:
        publish           409 state-conflict expired | 410 | 410
        publish at        409 state-conflict expired | 410 | 410
        publish, no end   200 updated live published r2 v2 | A told published | A
        unpublish         409 state-conflict expired | 410 | 410
        unpublish at      409 state-conflict expired | 410 | 410
        discard           409 state-conflict expired | 410 | 410
        takedown          200 updated taken-down draft r2 v1 | 410 | 410
        delete            204 | 410 | 410
        put draft         200 updated expired draft r2 v1 | 410 | 410
        put published     200 updated live published r2 v2 | C told published | C
        put minor edit    200 updated live published r2 v2 | C told published | C
        put ahead         200 updated scheduled published r2 v1 | 410 | C told published
        put embargoed     200 updated scheduled published r2 v1 | 410 | C told published
        put ended         200 updated expired published r2 v1 | 410 | 410

        unpublished:
        publish           200 updated live published r3 v1 | A told published | A
        publish at        200 updated scheduled published r3 v1 | 410 | A told published
        publish, no end   200 updated live published r3 v1 | A told published | A
        unpublish         200 unchanged unpublished draft r2 v1 | 410 | 410
        unpublish at      200 unchanged unpublished draft r2 v1 | 410 | 410
        discard           409 state-conflict unpublished | 410 | 410
        takedown          200 updated taken-down draft r3 v1 | 410 | 410
        delete            204 | 410 | 410
        put draft         200 updated unpublished draft r3 v1 | 410 | 410
        put published     200 updated live published r3 v2 | C told published | C
        put minor edit    200 updated live published r3 v2 | C told published | C
        put ahead         200 updated scheduled published r3 v1 | 410 | C told published
        put embargoed     200 updated scheduled published r3 v1 | 410 | C told published
        put ended         200 updated expired published r3 v1 | 410 | 410

        returning:
        publish           200 updated live published r4 v2 | A told published | A
        publish at        200 updated scheduled published r4 v1 | 410 | A told published
        publish, no end   200 updated live published r4 v2 | A told published | A
        unpublish         200 updated unpublished draft r4 v1 | 410 | 410
        unpublish at      409 state-conflict scheduled | 410 | A told published
        discard           409 state-conflict scheduled | 410 | A told published
        takedown          200 updated taken-down draft r4 v1 | 410 | 410
        delete            204 | 410 | 410
        put draft         200 updated unpublished draft r4 v1 | 410 | 410
        put published     200 updated scheduled published r4 v1 | 410 | C told published
        put minor edit    200 updated scheduled published r4 v1 | 410 | C told published
        put ahead         200 updated scheduled published r4 v1 | 410 | C told published
        put embargoed     200 updated scheduled published r4 v1 | 410 | C told published
        put ended         200 updated expired published r4 v1 | 410 | 410

        taken down:
        publish           409 taken-down | 410 | 410
        publish at        409 taken-down | 410 | 410
        publish, no end   409 taken-down | 410 | 410
        unpublish         409 taken-down | 410 | 410
        unpublish at      409 taken-down | 410 | 410
        discard           409 taken-down | 410 | 410
        takedown          409 taken-down | 410 | 410
        delete            409 taken-down | 410 | 410
        put draft         409 taken-down | 410 | 410
        put published     409 taken-down | 410 | 410
        put minor edit    409 taken-down | 410 | 410
        put ahead         409 taken-down | 410 | 410
        put embargoed     409 taken-down | 410 | 410
        put ended         409 taken-down | 410 | 410
        """);

    public static TheoryData<string, bool> States()
    {
        var data = new TheoryData<string, bool>();
        foreach (var state in Tables.Keys)
        {
            data.Add(state, false);
            data.Add(state, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Every_write_comes_to_what_the_table_says(string state, bool isById)
    {
        var table = new StringBuilder();
        foreach (var action in Actions.Names)
            table.AppendLine(CultureInfo.InvariantCulture, $"{action,-17} {await CellAsync(state, action, isById)}");

        Assert.True(Tables[state] == table.ToString(), $"The table says\n{Tables[state]}and it came to\n{state}:\n{table}");
    }

    private async Task<string> CellAsync(string state, string action, bool isById)
    {
        var story = new StateOfStory(newsroom);
        await story.BringAsync(state);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        await newsroom.SettleAsync();
        var (before, told) = (await SeenAsync(story), await newsroom.ChangesAsync(story.Id));

        var response = await new Actions(newsroom, story, isById).ActAsync(action);
        var answer = response.StatusCode == System.Net.HttpStatusCode.NoContent ? default : await response.JsonAsync();
        newsroom.Clock.Advance(TimeSpan.FromSeconds(5));

        var now = await SeenAsync(story);
        var toldNow = await newsroom.ChangesAsync(story.Id);
        newsroom.Clock.Advance(TimeSpan.FromHours(2));
        await newsroom.SettleAsync();
        var later = await SeenAsync(story);
        var toldLater = await newsroom.ChangesAsync(story.Id);

        return $"{Said(response, answer)} | {Shown(now)}{Moved(before, now)}{Told(told, toldNow)} | {Shown(later)}{Moved(now, later)}{Told(toldNow, toldLater)}";
    }

    private static string Said(HttpResponseMessage response, JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
            return "204";
        if (answer.Has("code"))
        {
            if (answer.Has("allowed"))
                Assert.Equal(AllowedIn(answer.Text("state"), hasDraft: answer.Texts("allowed").Contains("discard")), answer.Texts("allowed"));
            return $"{(int)response.StatusCode} {answer.Text("code")}{(answer.Has("state") ? $" {answer.Text("state")}" : string.Empty)}";
        }

        Assert.Equal(AllowedIn(answer.Text("state"), answer.Flag("hasDraft")), answer.Texts("allowed"));
        Assert.Equal(answer.Text("etag"), response.Tag());
        var flags = string.Concat(
            answer.Flag("hasDraft") ? "+draft" : string.Empty, answer.Has("pendingAt") ? "+pending" : string.Empty, answer.Has("unpublishAt") ? "+end" : string.Empty);
        return $"{(int)response.StatusCode} {answer.Text("outcome")} {answer.Text("state")}{flags} {answer.Text("status")} r{answer.Number("revision")} v{answer.Number("version")}{Codes(answer)}";
    }

    // As the contract has it.
    private static string[] AllowedIn(string state, bool hasDraft) => state switch
    {
        "draft" => ["publish", "delete"],
        "scheduled" => ["publish", "unpublish", "takedown", "delete"],
        "live" when hasDraft => ["publish", "discard", "unpublish", "takedown", "delete"],
        "live" => ["publish", "unpublish", "takedown", "delete"],
        "expired" or "unpublished" => ["publish", "takedown", "delete"],
        _ => [],
    };

    private static string Codes(JsonElement answer) =>
        string.Concat(answer.Warnings().Select(warning => warning[(warning.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Where(code => code is not "overwrote-edit").Select(code => $" !{code}"));

    private async Task<Seen> SeenAsync(StateOfStory story)
    {
        var response = await newsroom.Reader.GetAsync($"/v1/articles/{story.Id}");
        var listed = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={story.Section}");
        Assert.Equal(response.IsSuccessStatusCode ? [story.Id] : [], listed.Ids());
        if (!response.IsSuccessStatusCode)
            return new Seen(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), null, null, null, null);

        var article = await response.JsonAsync();
        return new Seen(article.Text("headline"), article.Text("publishedAt"), article.Text("firstPublishedAt"), article.Text("updatedAt"), response.Header("Last-Modified"));
    }

    private static string Shown(Seen seen) => seen.What;

    private static string Moved(Seen before, Seen after)
    {
        if (before.Published is null || after.Published is null)
            return string.Empty;

        var moved = string.Concat(
            before.Published == after.Published ? string.Empty : "p", before.First == after.First ? string.Empty : "f",
            before.Updated == after.Updated ? string.Empty : "u", before.Modified == after.Modified ? string.Empty : "m");
        return moved.Length == 0 ? string.Empty : $" moved {moved}";
    }

    private static string Told(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        before.Count == after.Count ? string.Empty : $" told {string.Join(", ", after.Skip(before.Count))}";

    private static Dictionary<string, string> Parse(string table)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in table.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = part.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            states.Add(lines[0].TrimEnd(':'), string.Concat(lines.Skip(1).Select(line => line + Environment.NewLine)));
        }

        return states;
    }

    private sealed record Seen(string What, string? Published, string? First, string? Updated, string? Modified);
}
