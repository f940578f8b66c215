using Galley.Tests.Support;

namespace Galley.Tests.Http.Cache;

/// <summary>A desk that does anything to anything, and a clock that jumps. What it refuses it refuses: nobody looks.</summary>
internal sealed class RandomDesk(Newsroom newsroom, Random dice)
{
    private static readonly string[] Sections = ["a", "a/x", "b", "c"];
    private static readonly string[] Tags = ["place:p", "place:q", "person:r", "event:e"];
    private static readonly string[] Languages = ["en", "fr"];
    private static readonly string[] Lists =
    [
        "", "section=a", "section=b&limit=2", "section=a&depth=0", "tags=place:p", "tags=-place:q", "tags=place:p|person:r&limit=3", "language=fr", "section=a&tags=place:p", "sort=oldest&limit=3", "limit=1",
        "fields=whole&limit=3", "fields=headline,related,translations", "source=wire", "section=c&language=en", "tags=event:e,-place:p",
        "section=a/x", "section=b/x1", "section=b/x2,c/y1", "tags=event:new1", "tags=event:new2|event:new3",
        "sort=updated&limit=3", "section=a&sort=updated", "section=b&sort=updated&count=exact&limit=1", "urgencyMax=3", "urgencyMax=5&section=a&limit=2", "breaking=true", "breaking=false&limit=3", "section=a&breaking=true",
        "count=exact&limit=2", "section=a&count=exact&limit=1", "tags=place:p&count=exact&limit=1", "updatedAfter=2026-01-15T09:00:20Z&limit=3", "updatedBefore=2026-01-15T09:00:20Z&count=exact",
        "q=headline&limit=3", "q=headline&section=a&sort=updated", "q=headline&count=exact&limit=1",
    ];

    private readonly List<Given> _given = [];
    private readonly List<string> _ids = [];
    private readonly List<string> _paths = [];
    private readonly List<string> _cursors = [];
    private readonly Queue<string> _story = new();

    public int Pushes { get; private set; }

    public int Accepted { get; private set; }

    public string Story => string.Join('\n', _story);

    public static async Task<RandomDesk> OpenAsync(Newsroom newsroom, Random dice)
    {
        var desk = new RandomDesk(newsroom, dice);
        foreach (var section in Sections)
            await newsroom.Admin.PushedAsync(Given.Article().In(section));
        for (var i = 0; i < 12; i++)
            await desk.PushNewAsync();
        return desk;
    }

    /// <summary>Something that readers ask for.</summary>
    public string Target() => dice.Next(10) switch
    {
        < 3 => $"/v1/articles/{_ids[Near(_ids.Count)]}",
        3 => $"/v1/articles/{_ids[dice.Next(_ids.Count)]}{(dice.Next(2) == 0 ? "?format=text" : string.Empty)}",
        4 when _paths.Count > 0 && dice.Next(2) == 0 => $"/v1/articles/by-path/{_paths[Near(_paths.Count)]}",
        4 => dice.Next(5) switch
        {
            0 => "/v1/sections",
            1 => "/v1/tags",
            2 => "/v1/sections/a",
            3 => $"/v1/feeds/{(dice.Next(2) == 0 ? "rss" : "atom")}?section=a&limit=2",
            _ => $"/v1/articles?ids={string.Join(',', _ids.Take(4))}",
        },
        5 when _cursors.Count > 0 => _cursors[Near(_cursors.Count)],
        _ => ListOf(Lists[dice.Next(3) == 0 ? dice.Next(Lists.Length) : dice.Next(4)]),
    };

    public async Task StepAsync()
    {
        var (what, act) = Acts()[dice.Next(Acts().Count)];
        _story.Enqueue($"{newsroom.Clock.Now:mm:ss.fff} {what}");
        while (_story.Count > 40)
            _story.Dequeue();
        await act();

        if (dice.Next(4) == 0)
            newsroom.Clock.Advance(TimeSpan.FromMilliseconds(dice.Next(3) switch { 0 => 1, 1 => dice.Next(900), _ => dice.Next(20_000) }));
        if (dice.Next(2) == 0)
            await newsroom.SettleAsync();
        if (dice.Next(20) == 0)
            await NoteCursorAsync();
    }

    private List<(string What, Func<Task> Do)> Acts() =>
    [
        ("new", PushNewAsync), ("new", PushNewAsync),
        ("change", ChangeAsync), ("change", ChangeAsync),
        ("schedule", () => newsroom.Admin.PublishAsync(Id(), new { at = Soon() })),
        ("publish", () => newsroom.Admin.PublishAsync(Id())),
        ("end", () => newsroom.Admin.UnpublishAsync(Id(), new { at = Soon() })),
        ("unpublish", () => newsroom.Admin.UnpublishAsync(Id())),
        ("correct", () => newsroom.Admin.CorrectAsync(Id(), $"No. {dice.Next()}.")),
        ("delete", () => dice.Next(3) == 0 ? newsroom.Admin.DeleteArticleAsync(Id()) : Task.CompletedTask),
        ("take down", () => dice.Next(6) == 0 ? newsroom.Admin.TakeDownAsync(Id()) : Task.CompletedTask),
        ("name a section", () => dice.Next(4) == 0 ? newsroom.Admin.PutSectionAsync(Sections[dice.Next(Sections.Length)], new { names = new { en = $"Section {dice.Next()}" } }) : Task.CompletedTask),
        ("name a tag", () => dice.Next(4) == 0 ? newsroom.Admin.PutTagAsync(Tags[dice.Next(Tags.Length)], new { names = new { en = $"Tag {dice.Next()}" } }) : Task.CompletedTask),
        ("move", () => dice.Next(3) == 0 ? newsroom.Admin.MoveSectionAsync("a/x", $"b/x{dice.Next(3)}") : Task.CompletedTask),
        ("move back", () => dice.Next(3) == 0 ? newsroom.Admin.MoveSectionAsync($"b/x{dice.Next(3)}", dice.Next(2) == 0 ? "a/x" : $"c/y{dice.Next(3)}") : Task.CompletedTask),
        ("merge", () => dice.Next(4) == 0 ? newsroom.Admin.MergeTagsAsync($"event:new{dice.Next(4)}", dice.Next(2) == 0 ? "event:e" : $"event:new{dice.Next(4)}") : Task.CompletedTask),
        ("carry over", newsroom.RerenderAsync),
    ];

    private async Task ChangeAsync() => Count(await newsroom.Admin.PushAsync(Turned(Some())));

    private bool Count(HttpResponseMessage response)
    {
        Pushes++;
        Accepted += response.IsSuccessStatusCode ? 1 : 0;
        return response.IsSuccessStatusCode;
    }

    private async Task PushNewAsync()
    {
        var given = Turned(Given.Article());
        var response = await newsroom.Admin.PushAsync(given);
        if (!Count(response))
            return;

        _given.Add(given);
        var article = await response.JsonAsync();
        _ids.Add(article.Text("id"));
        if (article.Has("path"))
            _paths.Add(article.Text("path"));
    }

    private Given Turned(Given given)
    {
        given.Headed($"Headline {dice.Next(100)}").Tagged([.. Tags.Where(_ => dice.Next(3) == 0), .. dice.Next(6) == 0 ? [$"event:new{dice.Next(4)}"] : Array.Empty<string>()]).Written(Languages[dice.Next(Languages.Length)]);
        _ = dice.Next(5) == 0 ? given.Without("section") : given.In(Sections[dice.Next(Sections.Length)]);
        _ = dice.Next(4) == 0 ? given.With("expiresAt", Soon()) : given.Without("expiresAt");
        _ = dice.Next(3) == 0 ? given.With("urgency", dice.Next(1, 10)) : given.Without("urgency");
        _ = dice.Next(5) == 0 ? given.With("breakingUntil", Soon()) : given.Without("breakingUntil");
        _ = dice.Next(4) == 0 ? given.With("translationKey", $"group-{dice.Next(20)}") : given.Without("translationKey");
        _ = dice.Next(2) == 0 && _ids.Count > 0 ? given.With("related", new[] { new { id = Id() } }) : given.Without("related");
        _ = dice.Next(4) == 0 ? given.Without("expiresAt").With("embargoedUntil", Soon()) : given.Without("embargoedUntil");
        _ = dice.Next(3) == 0 ? given.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(-dice.Next(200)))) : given.Without("publishedAt");
        return given;
    }

    private async Task NoteCursorAsync()
    {
        var list = Lists[dice.Next(Lists.Length)];
        var page = await newsroom.Reader.GetJsonAsync(ListOf(list));
        if (page.Next() is { } next)
            _cursors.Add($"{ListOf(list)}{(list.Length == 0 ? '?' : '&')}cursor={next}");
    }

    private static string ListOf(string filter) => filter.Length == 0 ? "/v1/articles" : $"/v1/articles?{filter.Replace("|", "%7C", StringComparison.Ordinal)}";

    private Given Some() => _given[Near(_given.Count)];

    private string Id() => _ids[Near(_ids.Count)];

    // Rather one of the newest.
    private int Near(int count) => dice.Next(2) == 0 ? dice.Next(count) : count - 1 - dice.Next(Math.Min(6, count));

    private string Soon() => newsroom.Clock.In(TimeSpan.FromMilliseconds(dice.Next(1, 8_000)));
}
