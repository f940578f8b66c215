using System.Net;
using System.Net.Http.Headers;
using Galley.Content;
using Galley.Storage;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Manage.Articles;

/// <summary>Many editors write to the same articles at once, each from the revision that all of them read.</summary>
public sealed class ConditionalWritesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const int Writers = 32;
    private const int Articles = 10;

    [Fact]
    public async Task Of_all_who_read_the_same_revision_one_wins_and_the_others_are_told()
    {
        using var client = Client();
        var articles = await Task.WhenAll(Enumerable.Range(0, Articles).Select(_ => MakeAsync()));

        for (var round = 0; round < Duration.Of(inEveryRun: 20, whenLong: 1_000); round++)
            await Task.WhenAll(articles.Select(article => WriteAsync(client, article, round)));

        foreach (var article in articles)
            Assert.Equal(article.Won, await HeadlinesAsync(article.Id));
    }

    private static async Task WriteAsync(HttpClient client, Contested article, int round)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(client, article, $"round {round} by writer {writer}")));

        var won = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Except([won]), answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.Status));
        article.Etag = won.Etag!;
        article.Won.Add(won.Headline);
    }

    private static async Task<(HttpStatusCode Status, string Headline, string? Etag)> WriteAsync(HttpClient client, Contested article, string headline)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/manage/articles/{article.Id}") { Content = Json.Body(new { language = "en", status = "published", headline }) };
        request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(article.Etag));
        using var response = await client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return (response.StatusCode, headline, response.Headers.ETag?.Tag);
    }

    private async Task<Contested> MakeAsync()
    {
        var made = await newsroom.Admin.PushedAsync(Given.Article().Headed("made"));
        return new Contested(made.Text("id")) { Etag = made.Text("etag"), Won = { "made" } };
    }

    // One chain, without a gap: revision after revision, who won.
    private async Task<IReadOnlyList<string>> HeadlinesAsync(string id)
    {
        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        var numbers = await session.ListAsync<long>("select number from revision where article_id = (select id from article where public_id = @id) order by number", new { id });
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        var documents = await session.ListAsync<byte[]>("select document from revision where article_id = (select id from article where public_id = @id) order by number", new { id });
        return [.. documents.Select(document => ContentJson.Read<ArticleContent>(document).Headline!)];
    }

    // Without the check against the document, which takes longer than the server.
    private HttpClient Client()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Writers * 2 }) { BaseAddress = newsroom.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Newsroom.AdminKey);
        return client;
    }

    private sealed record Contested(string Id)
    {
        public string Etag { get; set; } = string.Empty;

        public List<string> Won { get; } = [];
    }
}
