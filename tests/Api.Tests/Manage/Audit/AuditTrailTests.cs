using Dapper;
using Galley.Storage;
using Galley.Tests.Durability;
using Galley.Tests.Manage.Bulk;
using Galley.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Manage.Audit;

/// <summary>What the newsroom's trail tells: who wrote what, from which state to which, and never what stands in it.</summary>
public sealed class AuditTrailTests : IAsyncLifetime
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private readonly Newsroom _newsroom = new();

    public Task InitializeAsync() => _newsroom.InitializeAsync();

    public Task DisposeAsync() => _newsroom.DisposeAsync();

    [Fact]
    public async Task An_article_is_followed_from_its_first_revision_to_its_end_and_beyond()
    {
        var story = Given.Article();
        var id = (await _newsroom.Admin.PushedAsync(story)).Text("id");
        await _newsroom.Admin.PushedAsync(story);
        await _newsroom.Admin.PushedAsync(story.Headed("Another"));
        await _newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);
        await _newsroom.Admin.DeleteArticleAsync(id).StatusAsync();

        Assert.All(_newsroom.Entries(), entry => Assert.Equal(("article", id, "wire", story.ExternalId), (entry.Kind, entry.Name, entry.Source, entry.ExternalId)));
        Assert.Equal(
            [("PushArticle", "created", null, 1L), ("PushArticle", "updated", 1, 2), ("UnpublishArticle", "updated", 2, 3), ("DeleteArticle", "deleted", 3L, null as long?)],
            _newsroom.Entries().Select(entry => (entry.Operation, entry.Outcome, entry.FromRevision, entry.ToRevision)));
    }

    [Fact]
    public async Task Each_line_that_changes_something_is_told_and_no_other()
    {
        var (kept, gone, drafted) = (Given.Article(), Given.Article(), Given.Article().AsDraft());
        await _newsroom.Admin.BulkAsync(BulkRequests.Put(kept), BulkRequests.Put(gone), BulkRequests.Put(drafted));
        var last = _newsroom.LastEntry();

        var outcome = await _newsroom.Admin.BulkAsync(
            BulkRequests.Put(kept), BulkRequests.Put(Given.Article().With("urgency", 12)), BulkRequests.Put(kept.Headed("Another")), BulkRequests.Unpublish(kept.ExternalId), BulkRequests.Unpublish(drafted.ExternalId),
            BulkRequests.Delete(gone.ExternalId), BulkRequests.Delete(gone.ExternalId));

        Assert.Equal(["1 200 unchanged", "2 422 validation-failed", "3 200 updated", "4 200 updated", "5 200 unchanged", "6 204 deleted", "7 200 unchanged"], outcome.Told);
        var entries = _newsroom.EntriesBehind(last);
        Assert.Equal(
            [("PushArticles.put", "updated", kept.ExternalId), ("PushArticles.unpublish", "updated", kept.ExternalId), ("PushArticles.delete", "deleted", gone.ExternalId)],
            entries.Select(entry => (entry.Operation, entry.Outcome, entry.ExternalId!)));
        Assert.Single(entries.Select(entry => entry.TraceId).Distinct());
    }

    [Fact]
    public async Task Lines_that_stand_or_fall_together_are_told_together_or_not_at_all()
    {
        await _newsroom.Admin.BulkAsync(BulkRequests.Body(BulkRequests.Put(Given.Article()), BulkRequests.Put(Given.Article().With("urgency", 12))), "?mode=atomic");
        await _newsroom.Admin.BulkAsync(BulkRequests.Body(BulkRequests.Put(Given.Article())), "?dryRun=true");
        Assert.Empty(_newsroom.Entries());

        await _newsroom.Admin.BulkAsync(BulkRequests.Body(BulkRequests.Put(Given.Article()), BulkRequests.Put(Given.Article())), "?mode=atomic");
        Assert.Equal(2, _newsroom.Entries().Count);
    }

    [Fact]
    public async Task What_is_moved_or_merged_is_told_under_the_name_it_had()
    {
        var made = await _newsroom.Admin.PutSectionAsync("here", new { }).AnsweredAsync(201);
        var moved = await _newsroom.Admin.MoveSectionAsync("here", "there").AnsweredAsync(200);
        await _newsroom.Admin.PutTagAsync("place:a", new { }).AnsweredAsync(201);
        await _newsroom.Admin.PutTagAsync("place:b", new { }).AnsweredAsync(201);
        var merged = await _newsroom.Admin.MergeTagsAsync("place:a", "place:b").AnsweredAsync(200);

        var entries = _newsroom.Entries();
        Assert.Equal(("section", "here", "there", made.Text("etag"), moved.Text("etag")), (entries[1].Kind, entries[1].Name, entries[1].MovedTo, entries[1].FromEtag, entries[1].ToEtag));
        Assert.Equal(("tag", "place:a", "place:b", merged.Text("etag")), (entries[4].Kind, entries[4].Name, entries[4].MovedTo, entries[4].ToEtag));
        Assert.NotNull(entries[4].FromEtag);
    }

    [Fact]
    public async Task Keys_are_told_by_their_ids_and_what_they_did_by_them()
    {
        var made = await _newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { label = "The wire", scopes = new[] { "content:write" } })).AnsweredAsync(201);
        await _newsroom.Client(made.Text("key")).PushAsync(Given.Article().AsDraft(), query: string.Empty).AnsweredAsync(201);
        await _newsroom.Client(made.Text("key")).PushAsync(Given.Article(), query: string.Empty).ProblemAsync(403, "insufficient-scope");
        await _newsroom.Admin.PostAsync($"/v1/manage/keys/{made.Text("id")}/rotate", null).AnsweredAsync(200);
        await _newsroom.Admin.DeleteAsync($"/v1/manage/keys/{made.Text("id")}");

        Assert.Equal(
            [("admin", "CreateKey", "created"), (made.Text("id"), "PushArticle", "created"), ("admin", "RotateKey", "updated"), ("admin", "RevokeKey", "revoked")],
            _newsroom.Entries().Select(entry => (entry.KeyId, entry.Operation, entry.Outcome)));
        Assert.Equal([made.Text("id"), made.Text("id"), made.Text("id")], _newsroom.Entries().Where(entry => entry.Kind == "key").Select(entry => entry.Name));
    }

    [Fact]
    public async Task No_text_and_no_secret_is_in_it()
    {
        const string canary = "canaryzwei";
        var story = Given.Article().Headed(canary).Saying(canary).With("kicker", canary).In(canary + "-desk").Tagged($"place:{canary}");
        var id = (await _newsroom.Admin.PushedAsync(story)).Text("id");
        await _newsroom.Admin.CorrectAsync(id, canary).AnsweredAsync(200);
        await _newsroom.Admin.PutSectionAsync("desk", new { names = new { en = canary }, description = canary }).AnsweredAsync(201);
        var link = await _newsroom.Admin.PreviewAsync(id).AnsweredAsync(201);
        await _newsroom.Admin.UnpublishAsync(id, new { reason = canary }).AnsweredAsync(200);
        await _newsroom.Admin.TakeDownAsync(id, canary).AnsweredAsync(200);
        var key = (await _newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { label = canary, scopes = new[] { "ops" } })).AnsweredAsync(201)).Text("key");
        await _newsroom.Admin.SendAsync(HttpMethod.Post, "/v1/manage/articles", Json.Body(Given.Article().Headed(canary).Build()), ("Idempotency-Key", canary)).AnsweredAsync(201);

        var told = string.Join('\n', Rows());

        Assert.Equal(8, _newsroom.Entries().Count);
        Assert.All([canary, new Uri(link.Text("url")).Segments[^1], key[^38..], Newsroom.AdminKey], secret => Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_is_sent_twice_under_one_key_is_told_once()
    {
        for (var i = 0; i < 2; i++)
            await _newsroom.Admin.SendAsync(HttpMethod.Post, "/v1/manage/articles", Json.Body(new { language = "en", headline = "Once" }), ("Idempotency-Key", "once")).AnsweredAsync(201);

        Assert.Equal(("CreateArticle", null), (Assert.Single(_newsroom.Entries()).Operation, _newsroom.Entries()[0].Source));
    }

    [Fact]
    public async Task The_old_end_is_let_go_of_in_portions_and_the_rest_is_as_it_was_written()
    {
        for (var i = 0; i < 3; i++)
            await _newsroom.Admin.BulkAsync([.. Enumerable.Range(0, 500).Select(_ => BulkRequests.Put(Given.Article().AsDraft()))]);
        _newsroom.Clock.Advance(Kept / 2);
        await _newsroom.Admin.PushedAsync(Given.Article());
        await _newsroom.Admin.PushedAsync(Given.Article());
        _newsroom.Clock.Advance(Kept / 2);
        Assert.False(await ForgetAsync());
        Assert.Equal(1502, _newsroom.Entries().Count);

        _newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await ForgetAsync());
        Assert.Equal(502, _newsroom.Entries().Count);
        Assert.False(await ForgetAsync());
        Assert.Equal([1501L, 1502], _newsroom.Entries().Select(entry => entry.Id));

        // The last stays, and what comes next goes on behind it.
        _newsroom.Clock.Advance(Kept);
        Assert.False(await ForgetAsync());
        await _newsroom.Admin.PushedAsync(Given.Article());
        Assert.Equal([1502L, 1503], _newsroom.Entries().Select(entry => entry.Id));
        DatabaseInvariants.AssertHold(_newsroom.DatabasePath);
    }

    private Task<bool> ForgetAsync() => _newsroom.Services.GetRequiredService<Writer>().WriteAsync(write => write.ForgetAuditAsync(Kept));

    private List<string> Rows()
    {
        using var connection = new SqliteConnection($"Data Source={_newsroom.DatabasePath};Mode=ReadOnly;Pooling=False");
        return [.. connection.Query("select * from audit").Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values))];
    }
}
