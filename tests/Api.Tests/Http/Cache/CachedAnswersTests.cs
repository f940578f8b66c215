using Galley.Http.Cache;
using Galley.Publishing.Rerendering;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Http.Cache;

/// <summary>
/// Whatever is written and whatever the clock does: what is kept says the same, byte for byte and header for header, as what is read. A request that says
/// <c>Min-Change-Seq</c> is never answered from what is kept; so one server is its own partner.
/// </summary>
public sealed class CachedAnswersTests
{
    [Fact]
    public async Task What_is_kept_equals_what_is_read_whatever_happens()
    {
        await using var newsroom = new SlowlyMoving();
        await newsroom.InitializeAsync();
        var seed = int.TryParse(Environment.GetEnvironmentVariable("GALLEY_SEED"), out var given) ? given : Random.Shared.Next();
        var dice = new Random(seed);
        var (desk, readers) = (await RandomDesk.OpenAsync(newsroom, dice), await RandomReaders.OpenAsync(newsroom, dice));
        var cache = newsroom.Services.GetRequiredService<ResponseCache>();

        for (var (reads, wanted) = (0, Duration.Of(inEveryRun: 5_000, whenLong: 100_000)); reads < wanted;)
        {
            await desk.StepAsync();
            for (var more = dice.Next(1, 50); more > 0; more--, reads++)
                Assert.True(await readers.CompareAsync(desk) is null, $"seed {seed}, after {reads} readings: {readers.Difference}\n{desk.Story}");
        }

        Assert.True(desk.Accepted > desk.Pushes / 2, $"Only {desk.Accepted} of {desk.Pushes} pushes were accepted.");
        Assert.True(cache.Given > readers.Requests / 2, $"Only {cache.Given} of {readers.Requests} were kept.");
        Assert.True(readers.Unmodified > readers.Requests / 10, $"Only {readers.Unmodified} of {readers.Requests} were 304.");
    }

    /// <summary>Names and moves are carried over one article at a time, so that readers come in between.</summary>
    private sealed class SlowlyMoving : Newsroom, IAsyncDisposable
    {
        protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(new RerenderOptions(1)));

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }

    [Fact]
    public async Task What_is_written_is_read_at_once_by_all_who_ask_meanwhile()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var given = Given.Article().In("world");
        var id = (await newsroom.Admin.PushedAsync(given)).Text("id");
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await newsroom.Reader.GetStringAsync($"/v1/articles/{id}");
                await newsroom.Reader.GetStringAsync("/v1/articles?section=world");
            }
        })).ToList();

        for (var i = 0; i < 200; i++)
        {
            await newsroom.Admin.PushedAsync(given.Headed($"Headline number {i}."));
            Assert.Contains($"Headline number {i}.", await newsroom.Reader.GetStringAsync($"/v1/articles/{id}"), StringComparison.Ordinal);
            Assert.Contains($"Headline number {i}.", await newsroom.Reader.GetStringAsync("/v1/articles?section=world"), StringComparison.Ordinal);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task What_the_clock_changes_in_headers_is_not_kept_beyond_it()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var young = $"/v1/articles/{(await newsroom.Admin.PushedAsync(Given.Article())).Text("id")}";
        var ending = $"/v1/articles/{(await newsroom.Admin.PushedAsync(Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromSeconds(100))))).Text("id")}";
        Assert.Null((await ThirdAsync(young)).Content.Headers.LastModified);
        Assert.Equal(TimeSpan.FromSeconds(10), (await ThirdAsync(ending)).Headers.CacheControl?.MaxAge);

        newsroom.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.NotNull((await ThirdAsync(young)).Content.Headers.LastModified);
        Assert.Equal(TimeSpan.FromSeconds(70), (await ThirdAsync(ending)).Headers.CacheControl?.MaxAge);

        async Task<HttpResponseMessage> ThirdAsync(string address)
        {
            await newsroom.Reader.GetStringAsync(address);
            await newsroom.Reader.GetStringAsync(address);
            return await newsroom.Reader.GetAsync(address);
        }
    }

    [Fact]
    public async Task What_an_article_shows_of_another_is_read_anew_with_it()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var shown = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(shown)).Text("id");
        var showing = (await newsroom.Admin.PushedAsync(Given.Article().With("related", new[] { new { id } }))).Text("id");
        for (var i = 0; i < 3; i++)
            Assert.Contains(id, await newsroom.Reader.GetStringAsync($"/v1/articles/{showing}"), StringComparison.Ordinal);

        await newsroom.Admin.PushedAsync(shown.Headed("Called otherwise."));

        Assert.Contains("Called otherwise.", await newsroom.Reader.GetStringAsync($"/v1/articles/{showing}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_stories_leave_front_pages_and_other_articles_where_they_are()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var cache = newsroom.Services.GetRequiredService<ResponseCache>();
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
            ids.Add((await newsroom.Admin.PushedAsync(Given.Article().In("world").With("publishedAt", $"2026-01-10T09:{i:00}:00Z"))).Text("id"));
        string[] addresses = ["/v1/articles?section=world", "/v1/articles", $"/v1/articles/{ids[0]}"];
        foreach (var address in addresses.Concat(addresses))
            await newsroom.Reader.GetStringAsync(address);

        await newsroom.Admin.PushedAsync(Given.Article().In("world").With("publishedAt", "2019-01-01T00:00:00Z"));
        var before = cache.Given;
        foreach (var address in addresses)
            await newsroom.Reader.GetStringAsync(address);

        Assert.Equal(before + addresses.Length, cache.Given);
    }
}
