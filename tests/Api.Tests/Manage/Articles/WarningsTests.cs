using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>What an editor should look at although the write was accepted.</summary>
public sealed class WarningsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_flawless_article_gets_none() => Assert.False((await newsroom.Admin.PushedAsync(Given.Article())).Has("warnings"));

    [Theory]
    [InlineData(110, false)]
    [InlineData(111, true)]
    public async Task A_headline_of_more_than_110_characters_gets_one(int length, bool isLong)
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().Headed(Own.Word("x").PadRight(length, 'x')));

        Assert.Equal(isLong ? ["/headline long-headline"] : [], article.Warnings());
    }

    [Fact]
    public async Task A_picture_without_alt_or_credit_gets_one_for_each()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("leadImage", new { url = "https://img.example.org/a.jpg" }));

        Assert.Equal(["/leadImage image-without-alt", "/leadImage image-without-credit"], article.Warnings());
    }

    [Fact]
    public async Task A_picture_in_the_body_gets_them_where_it_stands()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("body", new
        {
            blocks = new object[]
            {
                new { type = "divider" },
                new { type = "image", image = new { url = "https://img.example.org/a.jpg", credit = "AFP" } },
                new { type = "gallery", images = new object[] { Rich.Image("fine"), new { url = "https://img.example.org/b.jpg", alt = "A street" } } },
            },
        }));

        Assert.Equal(["/body/blocks/1/image image-without-alt", "/body/blocks/2/images/1 image-without-credit"], article.Warnings());
    }

    [Fact]
    public async Task An_empty_alt_says_that_the_picture_is_decoration() =>
        Assert.Empty((await newsroom.Admin.PushedAsync(Given.Article().With("leadImage", new { url = "https://img.example.org/a.jpg", alt = string.Empty, credit = "AFP" }))).Warnings());

    [Fact]
    public async Task A_standfirst_that_is_the_first_paragraph_gets_one() =>
        Assert.Equal(["/standfirst repeated-standfirst"], (await newsroom.Admin.PushedAsync(Given.Article().With("standfirst", "The same.").Saying("The same.\n\nMore."))).Warnings());

    [Fact]
    public async Task A_related_article_that_does_not_exist_gets_one_where_it_stands()
    {
        var there = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(there)).Text("id");

        var article = await newsroom.Admin.PushedAsync(Given.Article().With("related", new object[]
        {
            new { source = "wire", externalId = there.ExternalId }, new { source = "wire", externalId = "not-there" }, new { id }, new { id = Guid.NewGuid().ToString() },
        }));

        Assert.Equal(["/related/1 related-missing", "/related/3 related-missing"], article.Warnings());
    }

    [Fact]
    public async Task They_come_with_an_unchanged_push_again()
    {
        var story = Given.Article().With("standfirst", "The same.").Saying("The same.");
        await newsroom.Admin.PushedAsync(story);

        Assert.Equal(["/standfirst repeated-standfirst"], (await newsroom.Admin.PushedAsync(story)).Warnings());
    }

    [Fact]
    public async Task They_are_not_part_of_the_article()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("standfirst", "The same.").Saying("The same."))).Text("id");

        var managed = await newsroom.Admin.ManagedAsync(id);
        Assert.False(managed.Has("warnings"));
        Assert.False(managed.Has("outcome"));
    }

    [Fact]
    public async Task Each_says_in_words_what_it_means()
    {
        var warning = (await newsroom.Admin.PushedAsync(Given.Article().With("standfirst", "The same.").Saying("The same."))).GetProperty("warnings")[0];

        Assert.Equal(["pointer", "code", "detail"], warning.Members());
        Assert.NotEmpty(warning.Text("detail"));
    }

    [Fact]
    public async Task A_canonical_url_that_another_visible_article_of_the_language_has_gets_one()
    {
        var url = $"https://www.example.org/{Own.Word()}";
        var first = Given.Article().With("canonicalUrl", url);
        var id = (await newsroom.Admin.PushedAsync(first)).Text("id");

        Assert.Empty((await newsroom.Admin.PushedAsync(first.With("kicker", "Again"))).Warnings());
        Assert.Empty((await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("canonicalUrl", url))).Warnings());
        var draft = await newsroom.Admin.PushedAsync(Given.Article().AsDraft().With("canonicalUrl", url));
        Assert.Empty(draft.Warnings());
        Assert.Equal(["/canonicalUrl canonical-url-shared"], (await newsroom.Admin.PushedAsync(Given.Article().With("canonicalUrl", url))).Warnings());
        var published = await newsroom.Admin.PublishAsync(draft.Text("id")).AnsweredAsync(200);
        Assert.Equal(["/canonicalUrl canonical-url-shared"], published.Warnings());
        Assert.NotEqual(id, published.Text("id"));
    }

    [Fact]
    public async Task A_tag_or_contributor_named_in_a_language_that_does_not_exist_gets_one()
    {
        var word = Own.Word();
        var article = await newsroom.Admin.PushedAsync(Given.Article().Written("jp").With("tags", new object[] { $"place:{word}", new { kind = "person", name = $"Taro {word}" } }).With("contributors", new[] { new { name = $"Hana {word}" } }));

        Assert.Equal(["/tags/1/name unknown-language", "/contributors/0/name unknown-language"], article.Warnings());
        Assert.Empty((await newsroom.Admin.PushedAsync(Given.Article().Written("ja").With("tags", new[] { new { kind = "person", name = $"Taro {word}" } }))).Warnings());
    }
}
