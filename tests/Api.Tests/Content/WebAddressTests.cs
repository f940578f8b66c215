using Galley.Content;

namespace Galley.Tests.Content;

/// <summary>Addresses as they are taken and stored.</summary>
public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://example.org/a?b=c#d", "https://example.org/a?b=c#d")]
    [InlineData("http://EXAMPLE.org", "http://EXAMPLE.org")]
    [InlineData("https://example.org:8443/%C3%A9", "https://example.org:8443/%C3%A9")]
    [InlineData("https://example.org/été", "https://example.org/%C3%A9t%C3%A9")]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/")]
    [InlineData("https://[2001:db8::1]/a", "https://[2001:db8::1]/a")]
    [InlineData("https://аррӏе.example/", "https://xn--80ak6aa92e.example/")]
    [InlineData("https://faß.example/", "https://xn--fa-hia.example/")]
    [InlineData("https://example.org/\u202Enews\u200E?q=\u200F", "https://example.org/%E2%80%AEnews%E2%80%8E?q=%E2%80%8F")]
    [InlineData("https://ｅｘａｍｐｌｅ.org/é", "https://example.org/%C3%A9")]
    public void An_absolute_web_address_is_stored_as_a_uri(string sent, string stored) => Assert.Equal(stored, WebAddress.Normalize(sent));

    [Theory]
    [InlineData("")]
    [InlineData("/a/b")]
    [InlineData("//example.org/a")]
    [InlineData("example.org/a")]
    [InlineData("ftp://example.org/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mailto:desk@example.org")]
    [InlineData("https://")]
    [InlineData("https:///a")]
    [InlineData("https://user@example.org/")]
    [InlineData("https://user:secret@example.org/")]
    [InlineData("https://example.org\\@evil.example/")]
    [InlineData("https://a\u200Db.example/")]
    [InlineData("https://exa\u202Emple.org/")]
    [InlineData("https://example.org\u202E")]
    [InlineData("\u202E")]
    [InlineData("\u200E://")]
    [InlineData("https://example.org/\u0001")]
    public void Anything_else_is_refused(string sent) => Assert.Null(WebAddress.Normalize(sent));

    [Theory]
    [InlineData("mailto:desk@example.org")]
    [InlineData("https://example.org/")]
    public void A_link_may_also_write_to_somebody(string sent) => Assert.Equal(sent, WebAddress.NormalizeLink(sent));

    [Fact]
    public void An_address_has_at_most_2000_characters()
    {
        var longest = "https://example.org/".PadRight(2000, 'a');

        Assert.Equal(longest, WebAddress.Normalize(longest));
        Assert.Null(WebAddress.Normalize(longest + "a"));
    }
}
