using Galley.Content.Body;
using Galley.Tests.Support;

namespace Galley.Tests.Content;

/// <summary>What embedding codes, picture sources and links in labels become.</summary>
public sealed class HtmlEmbedTests
{
    [Theory]
    [InlineData("youtube", "https://evil.example/x", false)]
    [InlineData("YouTube", "https://evil.example/x", false)]
    [InlineData("x", "https://www.youtube.com/watch?v=1", false)]
    [InlineData("youtube", "https://www.youtube.com/watch?v=1", true)]
    [InlineData("somebody", "https://somebody.example/1", true)]
    public void A_figure_that_names_a_known_provider_leads_to_it_or_is_no_embed(string provider, string address, bool isEmbed) =>
        Assert.Equal(isEmbed ? "embed" : "paragraph", Assert.Single(HtmlReader.Read($"<figure data-embed=\"{provider}\"><a href=\"{address}\">click</a></figure>", "/body/html").Blocks).Type);

    [Theory]
    [InlineData("https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0", "youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("//www.youtube-nocookie.com/embed/a_b-c", "youtube", "https://www.youtube.com/watch?v=a_b-c")]
    [InlineData("http://youtu.be/a_b-c", "youtube", "https://www.youtube.com/watch?v=a_b-c")]
    [InlineData("https://www.youtube.com/embed/videoseries?list=PL1", "youtube", "https://www.youtube.com/playlist?list=PL1")]
    [InlineData("https://player.vimeo.com/video/1?title=0", "vimeo", "https://vimeo.com/1")]
    [InlineData("https://player.vimeo.com/video/1?h=a2", "vimeo", "https://vimeo.com/1/a2")]
    [InlineData("https://geo.dailymotion.com/player.html?video=x1", "dailymotion", "https://www.dailymotion.com/video/x1")]
    [InlineData("https://www.facebook.com/plugins/video.php?height=3&href=https%3A%2F%2Fwww.facebook.com%2Fa.b%2Fvideos%2F1%2F", "facebook", "https://www.facebook.com/a.b/videos/1")]
    [InlineData("https://open.spotify.com/embed/episode/1a", "spotify", "https://open.spotify.com/episode/1a")]
    [InlineData("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&color=1", "soundcloud", "https://soundcloud.com/a/b")]
    [InlineData("https://datawrapper.dwcdn.net/aB1/7/", "datawrapper", "https://datawrapper.dwcdn.net/aB1/")]
    [InlineData("https://flo.uri.sh/visualisation/1/embed", "flourish", "https://public.flourish.studio/visualisation/1/")]
    [InlineData("https://www.instagram.com/p/A1/embed/", "instagram", "https://www.instagram.com/p/A1/")]
    [InlineData("https://embed.bsky.app/embed/did:plc:a/app.bsky.feed.post/b", "bluesky", "https://bsky.app/profile/did:plc:a/post/b")]
    public void The_frame_of_a_known_player_becomes_an_embed(string source, string provider, string url)
    {
        var reading = Read($"<p>a</p><iframe title=' A  film ' src=\"{source.Replace("&", "&amp;", StringComparison.Ordinal)}\">b</iframe><p>c</p>");

        Assert.Equal(new Block { Type = "embed", Provider = provider, Url = url, Title = "A film" }, reading.Blocks[1]);
        Assert.Empty(reading.Dropped);
    }

    [Theory]
    [InlineData("https://e.org/embed/1")]
    [InlineData("https://www.youtube.com.e.org/embed/a")]
    [InlineData("https://www.youtube.com/embed/..%2fa")]
    [InlineData("https://www.youtube.com/embed/")]
    [InlineData("https://www.youtube.com/embed/a%22b")]
    [InlineData("https://a@www.youtube.com/embed/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fe.org%2Fa%2Fvideos%2F1")]
    [InlineData("https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fplugins%2Fvideo.php%3Fhref%3Da")]
    public void Any_other_is_dropped_and_reported(string source)
    {
        var reading = Read($"<p>a</p><iframe src=\"{source}\"></iframe>");

        Assert.Equal(["paragraph: a"], Drawing.Of(reading.Blocks));
        Assert.Equal("<iframe>: dropped once.", Assert.Single(reading.Dropped).Detail);
    }

    [Fact]
    public void A_quoted_post_becomes_an_embed_and_keeps_its_text()
    {
        var reading = Read("""<blockquote class="twitter-tweet"><p>Fact: <a href="https://t.co/a">more</a></p>&mdash; Ana (@ana) <a href="https://twitter.com/ana/status/12?ref_src=x">June 1</a></blockquote><script async src="//platform.twitter.com/widgets.js"></script>""");

        Assert.Equal([new Block { Type = "embed", Provider = "x", Url = "https://x.com/ana/status/12", Title = "Fact: more\n— Ana (@ana) June 1" }], reading.Blocks);
    }

    [Fact]
    public void A_post_longer_than_a_title_keeps_its_text_before_the_embed()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 200)).TrimEnd();

        var blocks = Read($"<blockquote class='instagram-media' data-instgrm-permalink='https://www.instagram.com/p/A1/?utm=x'><p>{text}</p></blockquote>").Blocks;

        Assert.Equal([$"quote: {text} @ https://www.instagram.com/p/A1/", "embed"], Drawing.Of(blocks));
        Assert.Equal("https://www.instagram.com/p/A1/", blocks[1].Url);
    }

    [Fact]
    public void A_quotation_of_no_known_post_stays_one() =>
        Assert.Equal(["quote: a [link https://e.org/:b]"], Drawing.Of(Read("<blockquote class='twitter-tweet'>a <a href='https://e.org/'>b</a></blockquote>").Blocks));

    [Fact]
    public void Sources_with_a_width_become_renditions()
    {
        var reading = Read("<picture><source type='image/webp' srcset='https://e.org/a.webp 320w, https://e.org/b.webp,https://e.org/c.webp 2x'><img src='https://e.org/a.jpg' srcset='https://e.org/a,b.jpg 640w,\nhttps://e.org/c.jpg 1280w'></picture>");

        Assert.Equal(
            [
                new Rendition { Url = "https://e.org/a.webp", ContentType = "image/webp", Width = 320 }, new Rendition { Url = "https://e.org/a,b.jpg", Width = 640 },
                new Rendition { Url = "https://e.org/c.jpg", Width = 1280 },
            ],
            Assert.Single(reading.Blocks).Image!.Renditions!);
        Assert.Empty(reading.Dropped);
    }

    [Fact]
    public void More_renditions_than_may_be_kept_and_addresses_that_are_none_are_reported()
    {
        var reading = Read($"<img src='https://e.org/a.jpg' srcset='/a.jpg 1w, {string.Join(", ", Enumerable.Range(1, 30).Select(width => $"https://e.org/{width}.jpg {width}w"))}'>");

        Assert.Equal(20, reading.Blocks[0].Image!.Renditions!.Count);
        Assert.Equal(2, reading.Dropped.Count);
    }

    [Fact]
    public void Of_a_film_stays_its_poster()
    {
        var reading = Read("<video poster='https://e.org/a.jpg' width=640 height=360 src=b>c</video>");

        Assert.Equal(["image: https://e.org/a.jpg 640x360"], Drawing.Of(reading.Blocks));
        Assert.Equal("<video>: dropped once.", Assert.Single(reading.Dropped).Detail);
    }

    [Theory]
    [InlineData("<figure><img src='https://e.org/a.jpg'><figcaption>A <a href='https://e.org/b'>b</a></figcaption></figure>", "A link in a caption: dropped once.")]
    [InlineData("<blockquote>A<footer>Ana, <a href='https://e.org/b'>b</a> and <a href='https://e.org/c'>c</a></footer></blockquote>", "A link in a speaker's name: dropped 2 times.")]
    [InlineData("<blockquote cite='https://e.org/a'>A<footer><a href='https://e.org/b'>b</a></footer></blockquote>", "A link in a speaker's name: dropped once.")]
    public void A_link_in_a_label_is_reported(string html, string detail) => Assert.Equal(detail, Assert.Single(Read(html).Dropped).Detail);

    [Fact]
    public void A_speaker_who_is_one_link_says_where_it_was_said()
    {
        var reading = Read("<blockquote><p>A</p><cite><a href='https://e.org/b'>Le Monde</a></cite></blockquote>");

        Assert.Equal(["quote: A — Le Monde @ https://e.org/b"], Drawing.Of(reading.Blocks));
        Assert.Empty(reading.Dropped);
    }

    [Fact]
    public void A_caption_ends_in_its_credit_and_never_replaces_another()
    {
        var image = Assert.Single(Read("<figure><img src='https://e.org/a.jpg'><figcaption>A street<small>Photo: AFP</small></figcaption></figure>").Blocks).Image!;
        Assert.Equal(("A street", "Photo: AFP"), (image.Caption, image.Credit));

        Assert.Equal(
            ["image: https://e.org/a.jpg — A", "paragraph: B"],
            Drawing.Of(Read("<figure><figure><img src='https://e.org/a.jpg'><figcaption>A</figcaption></figure><figcaption>B</figcaption></figure>").Blocks));
    }

    [Fact]
    public void In_markdown_an_address_alone_is_an_embed_and_a_dash_names_the_speaker()
    {
        Assert.Equal("https://www.youtube.com/watch?v=a", Assert.Single(MarkdownReader.Read("<https://youtu.be/a>", "/").Blocks).Url);
        Assert.Equal(["quote: A — Ana @ https://e.org/"], Drawing.Of(MarkdownReader.Read("> A\n>\n> — [Ana](https://e.org/)", "/").Blocks));
        Assert.Equal(["quote: — A⏎⏎— B"], Drawing.Of(MarkdownReader.Read("> — A\n>\n> — B", "/").Blocks));
        Assert.Equal(["image: https://e.org/a.jpg (A) — B"], Drawing.Of(MarkdownReader.Read("![A](https://e.org/a.jpg \"B\")", "/").Blocks));
    }

    private static BodyReading Read(string html) => HtmlReader.Read(html, "/body/html");
}
