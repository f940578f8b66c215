using Galley.Storage;
using Microsoft.Extensions.Configuration;

namespace Galley.Tests.Operation;

/// <summary>The configuration says what it wants or is refused, each mistake in one line that names the setting at fault.</summary>
public sealed class ConfigurationTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    public static TheoryData<string> Settings() => [.. GalleyOptions.Settings.Select(setting => setting.Name)];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_is_not_empty(string name)
    {
        foreach (var nothing in new[] { string.Empty, " ", "\n" })
            Assert.Equal($"Galley:{name} is empty. Give it a value, or leave it out.", Refusal(($"Galley:{name}", nothing)));
    }

    [Theory]
    [InlineData("Galley:Databse")]
    [InlineData("Galley:Database:Path")]
    public void What_is_not_a_setting_is_refused(string name) => Assert.StartsWith($"{name} is not a setting. Known are Database, ", Refusal((name, "x")), StringComparison.Ordinal);

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var options = Read();

        Assert.Equal(("galley.db", null, "http://127.0.0.1:8080", true), (options.Database, options.AdminKey, options.PublicUrl, options.IsPublicUrlGuessed));
        Assert.Null(options.ArticleUrl);
        Assert.Equal((true, "en", "Galley", 48, 400), (options.AnonymousRead, options.DefaultLanguage, options.SiteName, options.CacheMegabytes, options.AuditDays));
    }

    [Fact]
    public void Every_setting_that_is_known_is_read()
    {
        (string Name, string Value)[] other =
            [("Database", "other.db"), ("AdminKey", Key), ("PublicUrl", "https://news.example.org"), ("ArticleUrl", "https://www.example.org/{path}"), ("AnonymousRead", "false"), ("DefaultLanguage", "fr"), ("SiteName", "Other"), ("CacheMegabytes", "0"), ("AuditDays", "1")];

        Assert.Equal(GalleyOptions.Settings.Select(setting => setting.Name), other.Select(setting => setting.Name));
        Assert.All(other, setting => Assert.NotEqual(Read(), Read(($"Galley:{setting.Name}", setting.Value))));
    }

    [Theory]
    [InlineData("http://+:8080", "http://localhost:8080")]
    [InlineData("http://*:8080", "http://localhost:8080")]
    [InlineData("http://0.0.0.0:8080", "http://localhost:8080")]
    [InlineData("http://[::]:8080", "http://localhost:8080")]
    [InlineData("http://[0:0::0]:8080", "http://localhost:8080")]
    [InlineData("http://unix:/run/galley.sock", "http://localhost")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8080;http://+:8081", "http://[::1]:8080")]
    [InlineData("http://news.example.org:8080", "http://news.example.org:8080")]
    public void The_public_url_is_guessed_so_that_this_machine_can_follow_it(string urls, string expected)
    {
        var options = Read(("urls", urls));

        Assert.Equal((expected, true), (options.PublicUrl, options.IsPublicUrlGuessed));
    }

    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:8080;8081", "8081")]
    [InlineData("http://127.0.0.1:80800", "http://127.0.0.1:80800")]
    [InlineData("http://127.0.0.1:8080?x", "http://127.0.0.1:8080?x")]
    [InlineData("http://127.0.0.1:8080/news", "http://127.0.0.1:8080/news")]
    [InlineData("http://localhost:0", "http://localhost:0")]
    [InlineData("ftp://127.0.0.1:8080", "ftp://127.0.0.1:8080")]
    [InlineData(" http://127.0.0.1:8080", " http://127.0.0.1:8080")]
    public void What_nobody_can_listen_on_is_refused_by_the_name_of_urls(string urls, string wrong)
    {
        var line = $"urls has {wrong}, which is not an address to listen on such as http://127.0.0.1:8080.";

        Assert.Equal(line, Refusal(("urls", urls)));
        Assert.Equal(line, Refusal(("urls", urls), ("Galley:PublicUrl", "https://news.example.org")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    public void Urls_is_not_empty(string urls) => Assert.Equal("urls is empty. It names where to listen, such as http://127.0.0.1:8080.", Refusal(("urls", urls)));

    [Fact]
    public void Https_is_for_a_proxy() => Assert.Equal(
        "urls has https://127.0.0.1:8443, but Galley listens with http only. Let a proxy in front of it speak https, and set Galley:PublicUrl.",
        Refusal(("urls", "http://127.0.0.1:8080;https://127.0.0.1:8443")));

    [Theory]
    [InlineData("https://news.example.org?edition=1")]
    [InlineData("https://news.example.org/api?")]
    [InlineData("https://news.example.org/#top")]
    public void A_public_url_is_a_base_without_query_and_fragment(string url) =>
        Assert.Equal($"Galley:PublicUrl is the base of other URLs, so it has neither a query nor a fragment: {url}", Refusal(("Galley:PublicUrl", url)));

    [Theory]
    [InlineData("news.example.org")]
    [InlineData("/api")]
    [InlineData("ftp://news.example.org")]
    public void A_public_url_is_absolute(string url) => Assert.Equal($"Galley:PublicUrl is not an absolute http or https URL: {url}", Refusal(("Galley:PublicUrl", url)));

    [Theory]
    [InlineData("https://news.example.org/", "https://news.example.org")]
    [InlineData("https://news.example.org/api/", "https://news.example.org/api")]
    [InlineData("https://news.example.org\n", "https://news.example.org")]
    [InlineData("https://zürich.example", "https://xn--zrich-kva.example")]
    public void A_public_url_can_stand_in_a_header(string url, string expected)
    {
        var options = Read(("Galley:PublicUrl", url));

        Assert.Equal((expected, false), (options.PublicUrl, options.IsPublicUrlGuessed));
    }

    [Theory]
    [InlineData("www.example.org/{path}", "is not an absolute http or https URL")]
    [InlineData("https://editor@www.example.org/{path}", "is not an absolute http or https URL")]
    [InlineData("https://www.example.org/{title}/{id}", "has {title}, but it may have {language}, {section}, {slug}, {path} and {id}")]
    [InlineData("https://www.example.org/{language}/{section}", "needs {path}, {slug} or {id}: without, all articles have one address")]
    [InlineData("https://www.example.org/#/{path}", "has a fragment, which no server sees")]
    [InlineData("https://www.example.org/{slug}-{id}", "needs a / or another separator between {slug} and {id}")]
    [InlineData("https://{section}.example.org/{slug}", "has another placeholder than {language} in its host")]
    public void An_article_url_says_where_each_article_stands(string url, string mistake) => Assert.Equal($"Galley:ArticleUrl {mistake}: {url}", Refusal(("Galley:ArticleUrl", url)));

    [Fact]
    public void Each_mistake_in_an_article_url_has_its_line() =>
        Assert.Equal(3, Refusal(("Galley:ArticleUrl", "example.org/{nr}#{title}")).Split(Environment.NewLine).Count(line => line.Contains("has {", StringComparison.Ordinal) || line.Contains("fragment", StringComparison.Ordinal)));

    [Theory]
    [InlineData(Key + "\n")]
    [InlineData(Key + "\r\n")]
    [InlineData(" " + Key + "\t")]
    public void A_key_may_come_from_a_file_that_ends_with_a_newline(string key) => Assert.Equal(Key, Read(("Galley:AdminKey", key)).AdminKey);

    [Theory]
    [InlineData("0123456789abcdef 0123456789abcdef")]
    [InlineData("0123456789abcdef\n0123456789abcdef")]
    [InlineData("0123456789abcdef\u00010123456789abcdef")]
    public void A_key_that_no_client_could_send_is_refused_and_not_repeated(string key) =>
        Assert.Equal("Galley:AdminKey has a space or a control character in it, which no client could send.", Refusal(("Galley:AdminKey", key)));

    [Fact]
    public void What_surrounds_a_key_does_not_make_it_longer() =>
        Assert.Equal("Galley:AdminKey has 31 characters; it needs 32 or more.", Refusal(("Galley:AdminKey", $"  {Key[1..]}\n")));

    [Fact]
    public void Each_mistake_has_its_line() =>
        Assert.Equal(4, Refusal(("urls", "x"), ("Galley:AnonymousRead", "ja"), ("Galley:DefaultLanguage", "??"), ("Galley:Title", "x")).Split(Environment.NewLine).Length);

    [Theory]
    [InlineData("CacheMegabytes", "-1", "0 to 65536")]
    [InlineData("CacheMegabytes", "65537", "0 to 65536")]
    [InlineData("AuditDays", "0", "1 to 36500")]
    [InlineData("AuditDays", "36501", "1 to 36500")]
    [InlineData("AuditDays", "a year", "1 to 36500")]
    public void A_number_has_its_bounds(string name, string value, string bounds) =>
        Assert.Equal($"Galley:{name} is a whole number from {bounds}, not {value}.", Refusal(($"Galley:{name}", value)));

    private static string Refusal(params (string Key, string Value)[] settings)
    {
        var refusal = Assert.Throws<StartupRefusal>(() => Read(settings));

        Assert.Equal(78, refusal.ExitCode);
        return refusal.Message;
    }

    private static GalleyOptions Read(params (string Key, string Value)[] settings) => GalleyOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("urls", (string?)"http://127.0.0.1:8080")])
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build());
}
