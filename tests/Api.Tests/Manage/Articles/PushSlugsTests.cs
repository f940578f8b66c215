using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>The slug of one article: made of the headline, kept once readers know it, moved when the sender says so.</summary>
public sealed class PushSlugsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Is_made_of_the_headline()
    {
        var word = Own.Word("damas");

        Assert.Equal($"l-armee-a-{word}", (await newsroom.Admin.PushedAsync(Given.Article().Headed($"L’armée à {word} !"))).Text("slug"));
    }

    [Fact]
    public async Task Follows_the_headline_while_no_reader_knows_it()
    {
        var story = Given.Article().AsDraft().Headed(Own.Word("first"));
        await newsroom.Admin.PushedAsync(story);
        var second = Own.Word("second");

        Assert.Equal(second, (await newsroom.Admin.PushedAsync(story.Headed(second))).Text("slug"));
    }

    [Fact]
    public async Task Stays_once_readers_know_it_whatever_the_headline_becomes()
    {
        var slug = Own.Word("first");
        var story = Given.Article().Headed(slug);
        await newsroom.Admin.PushedAsync(story);

        Assert.Equal(slug, (await newsroom.Admin.PushedAsync(story.Headed("Quite another headline"))).Text("slug"));
    }

    [Fact]
    public async Task Stays_when_the_article_was_withdrawn_and_comes_back()
    {
        var slug = Own.Word("first");
        var story = Given.Article().Headed(slug);
        await newsroom.Admin.UnpublishAsync((await newsroom.Admin.PushedAsync(story)).Text("id"));

        Assert.Equal(slug, (await newsroom.Admin.PushedAsync(story.Headed("Quite another headline"))).Text("slug"));
    }

    [Fact]
    public async Task Is_the_one_the_sender_chose()
    {
        var slug = Own.Word("chosen");

        var article = await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug));

        Assert.Equal(slug, article.Text("slug"));
        Assert.Empty(article.Warnings());
    }

    [Theory]
    [InlineData("Ma Une", "ma-une")]
    [InlineData("tęst-acceńted", "test-accented")]
    [InlineData("-a--b-", "a-b")]
    [InlineData("a/b", "a-b")]
    public async Task Is_brought_into_its_form_with_a_warning(string sent, string made)
    {
        var word = Own.Word();

        var article = await newsroom.Admin.PushedAsync(Given.Article().With("slug", $"{sent} {word}"));

        Assert.Equal($"{made}-{word}", article.Text("slug"));
        Assert.Equal(["/slug slug-changed"], article.Warnings());
    }

    [Fact]
    public async Task Moves_when_the_sender_chooses_another_and_the_former_one_leads_there()
    {
        var (first, second, third) = (Own.Word("first"), Own.Word("second"), Own.Word("third"));
        var story = Given.Article().With("slug", first);
        await newsroom.Admin.PushedAsync(story);

        await newsroom.Admin.PushedAsync(story.With("slug", second));
        await newsroom.Admin.PushedAsync(story.With("slug", third));

        await MovesAsync($"en/{first}", $"en/{third}");
        await MovesAsync($"en/{second}", $"en/{third}");
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/by-path/en/{third}").StatusAsync());
    }

    [Fact]
    public async Task Can_go_back_to_a_former_one()
    {
        var (first, second) = (Own.Word("first"), Own.Word("second"));
        var story = Given.Article().With("slug", first);
        await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.With("slug", second));

        await newsroom.Admin.PushedAsync(story.With("slug", first));

        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/by-path/en/{first}").StatusAsync());
        await MovesAsync($"en/{second}", $"en/{first}");
    }

    [Fact]
    public async Task Of_a_draft_beside_the_live_article_is_not_public_yet()
    {
        var (live, draft) = (Own.Word("live"), Own.Word("draft"));
        var story = Given.Article().With("slug", live);
        await newsroom.Admin.PushedAsync(story);

        await newsroom.Admin.PushedAsync(story.With("slug", draft).AsDraft());

        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/by-path/en/{live}").StatusAsync());
        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/by-path/en/{draft}").StatusAsync());
    }

    [Fact]
    public async Task Of_a_draft_can_be_taken_back_to_the_live_one()
    {
        var (live, draft) = (Own.Word("live"), Own.Word("draft"));
        var story = Given.Article().With("slug", live);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.With("slug", draft).AsDraft());

        await newsroom.Admin.PushedAsync(story.With("slug", live).With("status", "published"));

        Assert.Equal($"en/{live}", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("path"));
        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/by-path/en/{draft}").StatusAsync());
    }

    [Fact]
    public async Task Of_a_draft_is_the_one_management_shows()
    {
        var (live, draft) = (Own.Word("live"), Own.Word("draft"));
        var story = Given.Article().With("slug", live);
        await newsroom.Admin.PushedAsync(story);

        var answer = await newsroom.Admin.PushedAsync(story.With("slug", draft).AsDraft());

        Assert.Equal((draft, $"en/{draft}"), (answer.Text("slug"), answer.Text("path")));
    }

    [Fact]
    public async Task Of_a_long_headline_is_cut()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().Headed(string.Concat(Enumerable.Repeat("headline ", 50)).Trim()));

        Assert.InRange(article.Text("slug").Length, 60, 120);
    }

    private async Task MovesAsync(string from, string to)
    {
        var response = await newsroom.Reader.GetAsync($"/v1/articles/by-path/{from}");

        Assert.Equal(308, (int)response.StatusCode);
        Assert.Equal($"/v1/articles/by-path/{to}", response.Headers.Location?.ToString());
    }
}
