using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Texts come back as they were sent: as NFC, and otherwise byte for byte.</summary>
public sealed class PushTextTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("« Est-ce vrai\u202F? »\u00A0– l’offensive")]
    [InlineData("soft\u00ADhyphen, zero\u200Bwidth, joiner\u200D, non\u200Cjoiner, word\u2060joiner")]
    [InlineData("‏مرحبا‎ \u202Bעברית\u202C \u2067x\u2069")]
    [InlineData("\\o/ ¯\\_(ツ)_/¯ \\\\\\&\\\\\\ &amp; &invalid; < &lt; \" ' ` \u0026#x27;")]
    [InlineData("<script>alert(1)</script><b onclick=x>bold</b>")]
    [InlineData("tab\there, line\nbreak, next\u0085line, \u2028separator\u2029")]
    [InlineData("👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 𝒳 ﷽")]
    [InlineData("  leading and trailing  ")]
    [InlineData("{\"json.with.dot\": \"$ref\"} '; drop table article; --")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) %00 %2F %s {0} ${x}")]
    [InlineData("ﬁ ² ½ Ａ ⅷ Å")]
    [InlineData("\uE000 private use \U000F0000")]
    public async Task Every_character_survives_in_every_text(string text)
    {
        var normal = text.Normalize();
        var story = Given.Article().Headed(text).With("kicker", text).With("dateline", text).With("byline", text).With("standfirst", text)
            .With("agency", new { name = text, category = text })
            .With("leadImage", new { url = "https://img.example.org/a.jpg", alt = text, caption = text, credit = text })
            .With("body", new { blocks = new object[] { new { type = "paragraph", text }, new { type = "list", ordered = false, items = new[] { new { text } } } } });

        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        foreach (var article in new[] { await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}"), await newsroom.Admin.ManagedAsync(id) })
        {
            Assert.All(["headline", "kicker", "dateline", "byline", "standfirst"], member => Assert.Equal(normal, article.Text(member)));
            Assert.Equal((normal, normal), (article.GetProperty("agency").Text("name"), article.GetProperty("agency").Text("category")));
            Assert.All(["alt", "caption", "credit"], member => Assert.Equal(normal, article.GetProperty("leadImage").Text(member)));
            Assert.Equal(normal, article.Blocks()[0].Text("text"));
            Assert.Equal(normal, article.Blocks()[1].GetProperty("items")[0].Text("text"));
        }
    }

    [Fact]
    public async Task Letters_go_out_as_themselves_and_not_as_escapes()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().Headed("À Damas « مرحبا » <b>&</b>"))).Text("id");

        var bytes = await newsroom.Reader.GetByteArrayAsync(new Uri($"/v1/articles/{id}", UriKind.Relative));

        Assert.Contains("À Damas « مرحبا » <b>&</b>", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decomposed_letters_are_composed()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().Headed("Cafe\u0301 \u1112\u1161\u11AB"));

        Assert.Equal("Café 한", article.Text("headline"));
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    public async Task Every_line_end_becomes_a_newline(string text)
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("standfirst", text).Saying(text));

        Assert.Equal("a\nb", article.Text("standfirst"));
        Assert.Equal(["a\nb"], article.Paragraphs());
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\u0001")]
    [InlineData("\\u0008")]
    [InlineData("\\u000b")]
    [InlineData("\\u000c")]
    [InlineData("\\u001f")]
    [InlineData("\\u007f")]
    [InlineData("\\ufffe")]
    [InlineData("\\uffff")]
    [InlineData("\\ufdd0")]
    [InlineData("\\ud83f\\udfff")]
    [InlineData("\\ud800")]
    [InlineData("\\udc00")]
    [InlineData("\\ude00\\ud83d")]
    public async Task What_no_text_may_hold_is_refused_wherever_it_stands(string escape)
    {
        var json = $$$"""
            {"language": "en", "headline": "a{{{escape}}}b", "slug": "{{{escape}}}", "tags": [{"kind": "place", "name": "a{{{escape}}}"}], "agency": {"name": "{{{escape}}}b"},
             "body": {"blocks": [{"type": "paragraph", "text": "a{{{escape}}}b"}, {"type": "quote", "text": "q", "attribution": "{{{escape}}}"}]}}
            """;

        var problem = await newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{Own.Word()}", Json.Raw(json)).ProblemAsync(422, "validation-failed");

        Assert.Equal(
            ["/agency/name bad-character", "/body/blocks/0/text bad-character", "/body/blocks/1/attribution bad-character", "/headline bad-character", "/slug bad-character", "/tags/0/name bad-character"],
            problem.Errors());
    }

    [Fact]
    public async Task A_heap_of_combining_marks_is_refused_before_it_is_put_in_order()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0301\u0323", 200_000));
        var problem = await newsroom.Admin.PushAsync(Given.Article().Headed($"a{marks}").Saying($"a{marks}")).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/body/text bad-character", "/headline bad-character"], problem.Errors());
        await newsroom.Admin.PushedAsync(Given.Article().Headed($"a{marks[..30]}").Saying("Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞"));
    }

    [Fact]
    public async Task A_refused_character_is_named_and_not_repeated()
    {
        var problem = await newsroom.Admin.PushAsync(Given.Article().With("kicker", "a\u0001b")).ProblemAsync(422, "validation-failed");

        Assert.Contains("U+0001", problem.GetProperty("errors")[0].Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', problem.Text("detail"));
    }

    [Fact]
    public async Task Lengths_count_utf16_code_units()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", 100));

        await newsroom.Admin.PushAsync(Given.Article().With("kicker", emoji)).AnsweredAsync(201);
        var problem = await newsroom.Admin.PushAsync(Given.Article().With("kicker", emoji + "x")).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/kicker too-long"], problem.Errors());
        Assert.Equal(200, problem.GetProperty("errors")[0].Number("limit"));
    }

    [Fact]
    public async Task Arabic_runs_from_right_to_left()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().Written("ar").Headed("الأمم المتحدة تدعو إلى وقف إطلاق النار"))).Text("id");

        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}");

        Assert.Equal("rtl", article.Text("direction"));
        Assert.StartsWith("ar/الأمم-المتحدة", article.Text("path"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_are_counted_and_so_are_the_minutes_they_take()
    {
        var text = string.Join(' ', Enumerable.Repeat("mot", 231)) + " – …";

        var article = await newsroom.Admin.PushedAsync(Given.Article().Saying(text));

        Assert.Equal((231, 2), (article.Number("wordCount"), article.Number("readingMinutes")));
        Assert.Equal(4, (await newsroom.Admin.PushedAsync(Given.Article().Written("ja").Saying("東京です。"))).Number("wordCount"));
    }
}
