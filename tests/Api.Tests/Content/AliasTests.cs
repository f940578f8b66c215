using Galley.Content;

namespace Galley.Tests.Content;

/// <summary>Old paths and URLs, as they are taken and found again.</summary>
public sealed class AliasTests
{
    [Theory]
    [InlineData("/2014/05/12/story.html")]
    [InlineData("2014/05/12/story/")]
    [InlineData("story")]
    [InlineData("/?p=123")]
    [InlineData("/caf%C3%A9/a b")]
    [InlineData("/مقالات/۴۲")]
    [InlineData("/100%25")]
    [InlineData("https://old.example.org/story?id=1")]
    public void A_path_or_url_is_stored_as_it_was_sent(string sent) => Assert.Equal(sent, Alias.Normalize(sent));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("//old.example.org/story")]
    [InlineData("/a//b")]
    [InlineData("/a/../b")]
    [InlineData("/a/%2E%2e/b")]
    [InlineData("/./a")]
    [InlineData("/a#top")]
    [InlineData("\\a")]
    [InlineData(" /a")]
    [InlineData("/a\n")]
    [InlineData("/a\tb")]
    [InlineData("/100%")]
    [InlineData("/%zz")]
    [InlineData("/%C3")]
    [InlineData("/%00")]
    [InlineData("ftp://old.example.org/a")]
    [InlineData("javascript://old.example.org/%0aalert(1)")]
    [InlineData("https://editor:secret@old.example.org/a")]
    public void What_no_request_could_ask_for_is_refused(string sent) => Assert.Null(Alias.Normalize(sent));

    [Theory]
    [InlineData("/a/b", "a/b")]
    [InlineData("/a/b/", "/a/b")]
    [InlineData("/caf%C3%A9", "café")]
    [InlineData("/cafe%CC%81", "/caf%c3%a9")]
    [InlineData("https://EXAMPLE.org:443/a/%7Eb?q=%C3%A9", "HTTPS://example.org/a/~b?q=%c3%a9")]
    [InlineData("https://example.org", "https://example.org/#top")]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/")]
    public void Spellings_of_one_address_are_one(string one, string other) => Assert.Equal(KeyOf(one), KeyOf(other));

    [Theory]
    [InlineData("/a", "/A")]
    [InlineData("/a?b", "/a?c")]
    [InlineData("/a/b", "/a%2Fb/c")]
    [InlineData("/https://example.org/a", "https://example.org/a")]
    [InlineData("https://example.org/a", "http://example.org/a")]
    [InlineData("https://example.org/a", "https://example.org/a/")]
    [InlineData("https://example.org/a", "https://example.org:8443/a")]
    [InlineData("https://example.org/a%2Fb", "https://example.org/a/b")]
    public void Two_addresses_are_two(string one, string other) => Assert.NotEqual(KeyOf(one), KeyOf(other));

    private static string KeyOf(string alias) => Convert.ToHexString(AddressKey.OfAlias(alias.Contains("://", StringComparison.Ordinal) && !alias.StartsWith('/') ? Alias.Normalize(alias)! : alias));
}
