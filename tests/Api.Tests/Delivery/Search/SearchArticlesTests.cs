using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Search;

/// <summary>Full text in lists: what finds what.</summary>
public sealed class SearchArticlesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    // Each story with what finds it, and what does not.
    public static TheoryData<string, string, string, string[], string[]> Stories => new()
    {
        {
            "fr", "Syrie : le chef de la diplomatie iranienne à Damas", "Alors que l’Iran et jusqu’à Saint-Denis, 1.000 élus s’inquiètent d’Œuvres.",
            ["syrie", "SYRIE diplomatie", "iran", "l’Iran", "l'iran", "d'Iran", "saint denis", "saint-denis", "saintdenis", "oeuvres", "élus", "elus", "ELUS", "1000", "1\u202F000", "1,000", "\"chef de la diplomatie\"", "« chef de la »", "“jusqu’à Saint-Denis”", "iranienne -alep", "iran -\"de Damas\"", "\"damas", "diplomatie & damas", "(syrie)"],
            ["alep", "syrie alep", "\"chef diplomatie\"", "syrie -damas", "syrie -\"la diplomatie\"", "syri", "liran", "\"damas alors\""]
        },
        {
            "en", "Don’t blame O'Brien, U.S. tells Iran's e-mail writers", "Naïve café-goers in the U.K. paid $1,234,567 for COVID-19 tests.",
            ["don't", "dont", "O’Brien", "obrien", "brien", "iran", "US", "u.s.", "email", "e-mail", "\"e mail\"", "naive cafe", "1234567", "covid-19", "covid19", "tests -exams", "writers\u200B"],
            ["irans", "\"mail e\"", "covid-20", "mailwriters"]
        },
        {
            "ar", "أعلنت الحكومة اللبنانية", "وقالت المصادر إنّ كِتَابًا عن المدرسة في بيروت، وبالمدينة ٣٠٠٠ عائلة على الأقل.",
            ["اعلنت", "أعلنت", "حكومة", "الحكومة", "حكومه", "كتابا", "المدرسه", "مدرسة", "قالت", "مدينة", "3000", "علي", "والمدرسة", "\"أعلنت الحكومة\"", "أَعْلَنَتْ"],
            ["وزارة", "\"الحكومة أعلنت\"", "حكومة وزارة", "حكومة -بيروت"]
        },
        {
            "he", "הממשלה אישרה, צה\"ל בכוננות", "והשרים שלחו שָׁלוֹם לירושלים מהכנסת",
            ["ממשלה", "הממשלה", "צהל", "צה\"ל", "צה״ל", "שלום", "ירושלים", "כנסת", "שרים", "\"הממשלה אישרה\""],
            ["תל", "\"אישרה הממשלה\"", "ממשלה -כנסת"]
        },
        { "ru", "Ёлки и замо́к в Йошкар-Оле", "Президент й Київ", ["елки", "ёлки", "ЁЛКИ", "замок", "йошкар-оле", "київ"], ["иошкар-оле", "елка", "ёлки -оле"] },
        { "zh-Hans", "大马士革的冬天", "雪下了一整夜，12月份，大马很冷。", ["大马士革", "士革", "雪", "冬天 雪", "12月", "\"马士\"", "整夜 -夏天"], ["夏天", "士大", "\"冬天大马士革\"", "雪 -冬天"] },
        { "th", "กรุงเทพมหานคร", "ข่าว", ["กรุงเทพ", "มหานคร", "ข่าว"], ["กรุงโรม"] },
        { "ko", "서울에서 열린 회의", "x", ["서울", "회의"], ["부산"] },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_story_is_found_by_its_words_however_they_are_written(string language, string headline, string text, string[] finding, string[] passing)
    {
        var section = Own.Section();
        var id = (await newsroom.Admin.PushedAsync(Given.Article().Written(language).In(section).Headed(headline).Saying(text))).Text("id");

        foreach (var q in finding)
            Assert.True((await SearchAsync(section, q)).Contains(id), $"{q} does not find it.");
        foreach (var q in passing)
            Assert.False((await SearchAsync(section, q)).Contains(id), $"{q} finds it.");
    }

    [Fact]
    public async Task Everything_that_readers_read_is_searched_and_nothing_else()
    {
        var rich = Rich.Article(newsroom.Clock);
        var section = Own.Section();
        object Marked(string text) => new { type = "paragraph", text };
        var image = new { url = "https://img.example.org/aurl.jpg", alt = "wordalt", caption = "wordcaption", credit = "wordcredit" };
        var id = (await newsroom.Admin.PushedAsync(rich.In(section).Headed("wordheadline").With("standfirst", "wordstandfirst").With("kicker", "wordkicker").With("byline", "wordbyline").With("dateline", "worddateline")
            .With("leadImage", image).Tagged("keyword:wordtag").With("body", new
            {
                blocks = new object[]
                {
                    Marked("wordtext"), new { type = "heading", text = "wordheading", level = 2 }, new { type = "quote", text = "wordquote", attribution = "wordattribution" },
                    new { type = "list", ordered = true, items = new object[] { new { text = "worditem", items = new[] { new { text = "wordinner" } } } } },
                    new { type = "table", header = new[] { new { text = "wordhead" } }, rows = new[] { new[] { new { text = "wordcell" } } } },
                    new { type = "code", text = "wordcode" }, new { type = "embed", provider = "youtube", url = "https://video.example.org/wordurl", title = "wordtitle" },
                    new { type = "gallery", images = new[] { new { url = "https://img.example.org/d.jpg", caption = "wordgallery" } } },
                },
            }))).Text("id");
        await newsroom.Admin.CorrectAsync(id, "Not wordcorrected.").AnsweredAsync(200);

        foreach (var part in new[] { "headline", "standfirst", "kicker", "byline", "dateline", "alt", "caption", "text", "heading", "quote", "attribution", "item", "inner", "head", "cell", "code", "title", "gallery", "corrected" })
            Assert.True((await SearchAsync(section, $"word{part}")).Contains(id), part);
        foreach (var part in new[] { "credit", "tag", "url" })
            Assert.Empty(await SearchAsync(section, $"word{part}"));
    }

    [Fact]
    public async Task It_goes_with_every_filter_and_sort()
    {
        var (root, word, tag, other) = (Own.Section(), Word(), Own.Tag(), Own.Tag());
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var story = Given.Article().Headed($"{word} {i}").In(i % 2 == 0 ? $"{root}/a" : root).Written(i % 3 == 0 ? "fr" : "en").Tagged(i < 3 ? [tag] : [tag, other]).With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(-i - 1)));
            ids.Add((await newsroom.Admin.PushedAsync(story, source: i == 5 ? "local" : "wire")).Text("id"));
        }

        (string Filter, int[] Which)[] cases =
        [
            ("", [0, 1, 2, 3, 4, 5]), ($"section={root}", [0, 1, 2, 3, 4, 5]), ($"section={root}/a", [0, 2, 4]), ($"section={root}&depth=0", [1, 3, 5]), ("language=fr", [0, 3]), ("language=fr,en&sort=oldest", [5, 4, 3, 2, 1, 0]),
            ($"tags={tag},-{other}", [0, 1, 2]), ($"tags=-{other}", [0, 1, 2]), ($"tags=({other}%7C-{tag})", [3, 4, 5]), ($"tags=-(-{other}%7C-{tag})", [3, 4, 5]), ("source=local", [5]), ("tags=keyword:nothing", []), ($"tags=-keyword:nothing&language=fr", [0, 3]),
            ("source=nobody", []), ("language=es", []), ($"sort=newest&publishedBefore={newsroom.Clock.In(TimeSpan.FromMinutes(-2.5))}", [2, 3, 4, 5]), ($"publishedAfter={newsroom.Clock.In(TimeSpan.FromMinutes(-2.5))}", [0, 1]),
        ];
        foreach (var (filter, which) in cases)
        {
            Assert.Equal(which.Select(i => ids[i]), await newsroom.Reader.WalkIdsAsync($"/v1/articles?q={word}&limit=2&{filter}".TrimEnd('&')));
            Assert.Equal(which.Select(i => ids[i]), await newsroom.Reader.WalkIdsAsync($"/v1/articles?q={word}&limit=2&fields=whole&{filter}".TrimEnd('&')));
        }
    }

    [Theory]
    [InlineData("q=-syrie", "q invalid-parameter")]
    [InlineData("q=-syrie%20-%22la%20une%22", "q invalid-parameter")]
    [InlineData("q=!!%20%26%20-%20%22%22", "q invalid-parameter")]
    [InlineData("q=a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k%20l%20m%20n%20o%20p%20q%20r%20s%20t%20u", "q invalid-parameter")]
    [InlineData("q=", "q invalid-parameter")]
    [InlineData("highlight=true", "highlight invalid-parameter")]
    [InlineData("q=a&highlight=yes", "highlight invalid-parameter")]
    [InlineData("sort=relevance", "sort invalid-parameter")]
    public async Task What_cannot_be_answered_is_refused_by_name(string query, string error)
    {
        var problem = await newsroom.Reader.GetAsync($"/v1/articles?{query}").ProblemAsync(400, "invalid-parameter");

        Assert.Equal([error], problem.GetProperty("errors").EnumerateArray().Select(each => $"{each.Text("parameter")} {each.Text("code")}"));
    }

    [Fact]
    public async Task A_question_may_have_200_units_and_no_more()
    {
        await newsroom.Reader.GetJsonAsync($"/v1/articles?q={new string('a', 200)}");
        await newsroom.Reader.GetAsync($"/v1/articles?q={new string('a', 201)}").ProblemAsync(400, "invalid-parameter");
        await newsroom.Reader.GetAsync("/v1/changes?q=a").ProblemAsync(400, "unknown-parameter");
    }

    private static string Word() => Own.Word("word").Replace("-", "x", StringComparison.Ordinal);

    private Task<IReadOnlyList<string>> SearchAsync(string section, string q) => newsroom.Reader.WalkIdsAsync($"/v1/articles?section={section}&q={Uri.EscapeDataString(q)}");
}
