using System.Text.Json;
using Galley.Http;
using Galley.Storage;
using Galley.Tests.Manage.Bulk;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Contract;

/// <summary>How one operation comes to a status that no two come to in the same way.</summary>
internal static class ParticularTurns
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";

    public static readonly IReadOnlyDictionary<(string Operation, int Status), Func<Stage, Task<Call>>> Table = new Dictionary<(string Operation, int Status), Func<Stage, Task<Call>>>
    {
        [("PushArticle", 200)] = async stage => Call.Manage(HttpMethod.Put, Calls.OwnAddress((await stage.LiveAsync()).Text("externalId")), Story()),
        [("PushArticleBySource", 200)] = async stage => Call.Manage(HttpMethod.Put, Calls.BySource((await stage.LiveAsync()).Text("externalId")), Story()),

        [("PutSection", 200)] = async stage => Call.Manage(HttpMethod.Put, $"/v1/manage/sections/{await stage.SectionAsync()}", new { }),
        [("PutTag", 200)] = async stage => Call.Manage(HttpMethod.Put, $"/v1/manage/tags/place/{await stage.TagAsync()}", new { }),

        // A line more than stand or fall together.
        [("PushArticles", 413)] = _ => Now(Call.Manage(HttpMethod.Post, $"{BulkRequests.Address}?mode=atomic") with { Content = BulkRequests.Raw(string.Concat(Enumerable.Repeat("{}\n", 1_001))) }),

        [("GetSection", 308)] = async stage => Call.Get($"/v1/sections/{await MovedSectionAsync(stage)}"),
        [("GetTag", 308)] = async stage => Call.Get($"/v1/tags/place/{await MergedTagAsync(stage)}"),
        [("GetArticleByPath", 308)] = async stage => Call.Get($"/v1/articles/by-path/{await FormerPathAsync(stage)}"),
        [("GetArticleByPathQuery", 308)] = async stage => Call.Get($"/v1/articles/by-path?path={await FormerPathAsync(stage)}"),

        [("ListChanges", 410)] = async stage => Call.Get($"/v1/changes?since={await stage.OldTokenAsync()}"),

        [("GetArticle", 404)] = _ => Now(Call.Get($"/v1/articles/{Nobody}")),
        [("ListRelatedArticles", 404)] = _ => Now(Call.Get($"/v1/articles/{Nobody}/related")),
        [("GetArticleByPath", 404)] = _ => Now(Call.Get("/v1/articles/by-path/en/nothing")),
        [("GetArticleByPathQuery", 404)] = _ => Now(Call.Get("/v1/articles/by-path?path=en/nothing")),
        [("GetArticleByUrl", 404)] = _ => Now(Call.Get("/v1/articles/by-url?url=https://www.example.org/nothing")),
        [("GetSection", 404)] = _ => Now(Call.Get("/v1/sections/nowhere")),
        [("GetTag", 404)] = _ => Now(Call.Get("/v1/tags/place/nowhere")),
        [("GetManagedSection", 404)] = _ => Now(Call.Manage(HttpMethod.Get, "/v1/manage/sections/nowhere")),
        [("DeleteSection", 404)] = _ => Now(Call.Manage(HttpMethod.Delete, "/v1/manage/sections/nowhere")),
        [("GetManagedTag", 404)] = _ => Now(Call.Manage(HttpMethod.Get, "/v1/manage/tags/place/nowhere")),
        [("DeleteTag", 404)] = _ => Now(Call.Manage(HttpMethod.Delete, "/v1/manage/tags/place/nowhere")),
        [("GetOwnArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Get, Calls.OwnAddress("nothing"))),
        [("DeleteOwnArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Delete, Calls.OwnAddress("nothing"))),
        [("GetArticleBySource", 404)] = _ => Now(Call.Manage(HttpMethod.Get, Calls.BySource("nothing"))),
        [("DeleteArticleBySource", 404)] = _ => Now(Call.Manage(HttpMethod.Delete, Calls.BySource("nothing"))),
        [("PublishOwnArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/publish", new { externalId = "nothing" })),
        [("UnpublishOwnArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/unpublish", new { externalId = "nothing" })),
        [("GetManagedArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Get, $"/v1/manage/articles/{Nobody}")),
        [("ReplaceArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Put, $"/v1/manage/articles/{Nobody}", Story()).With("If-Match", "*")),
        [("PatchOwnArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Patch, Calls.OwnAddress("nothing"), Story())),
        [("PatchArticleBySource", 404)] = _ => Now(Call.Manage(HttpMethod.Patch, Calls.BySource("nothing"), Story())),
        [("PatchArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Patch, $"/v1/manage/articles/{Nobody}", Story()).With("If-Match", "*")),
        [("DeleteArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Delete, $"/v1/manage/articles/{Nobody}").With("If-Match", "*")),
        [("PublishArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{Nobody}/publish")),
        [("UnpublishArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{Nobody}/unpublish")),
        [("DiscardOwnArticleDraft", 404)] = _ => Now(Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/discard", new { externalId = "nothing" })),
        [("DiscardArticleDraft", 404)] = _ => Now(Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{Nobody}/discard")),
        [("TakeDownOwnArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/takedown", new { externalId = "nothing", reason = "A reason" })),
        [("TakeDownArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{Nobody}/takedown", new { reason = "A reason" })),
        [("PushArticle", 404)] = async stage => Call.Manage(HttpMethod.Put, Calls.OwnAddress((await stage.LiveAsync()).Text("externalId")), Story()) with { Key = await stage.FrenchKeyAsync() },
        [("PushArticleBySource", 404)] = async stage => Call.Manage(HttpMethod.Put, Calls.BySource((await stage.LiveAsync()).Text("externalId")), Story()) with { Key = await stage.FrenchKeyAsync() },
        [("GetKey", 404)] = _ => Now(Call.Manage(HttpMethod.Get, "/v1/manage/keys/nobody")),
        [("RotateKey", 404)] = _ => Now(Call.Manage(HttpMethod.Post, "/v1/manage/keys/nobody/rotate")),
        [("EndPreviousSecret", 404)] = _ => Now(Call.Manage(HttpMethod.Delete, "/v1/manage/keys/nobody/previous")),
        [("CorrectArticle", 404)] = _ => Now(Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{Nobody}/corrections", Correction)),
        [("ListRevisions", 404)] = _ => Now(Call.Manage(HttpMethod.Get, $"/v1/manage/articles/{Nobody}/revisions")),
        [("GetRevision", 404)] = async stage => Call.Manage(HttpMethod.Get, $"/v1/manage/articles/{(await stage.LiveAsync()).Text("id")}/revisions/2"),
        [("CompareRevisions", 404)] = async stage => Call.Manage(HttpMethod.Get, $"/v1/manage/articles/{(await stage.LiveAsync()).Text("id")}/revision-diff?from=1&to=2"),
        [("RestoreRevision", 404)] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await stage.LiveAsync()).Text("id")}/revisions/2/restore"),
        [("CreatePreviewLink", 404)] = _ => Now(Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{Nobody}/preview-links")),
        [("RevokePreviewLink", 404)] = async stage => Call.Manage(HttpMethod.Delete, $"/v1/manage/articles/{(await stage.LiveAsync()).Text("id")}/preview-links/nothing"),
        [("RevokeKey", 404)] = _ => Now(Call.Manage(HttpMethod.Delete, "/v1/manage/keys/nobody")),

        [("PushArticle", 409)] = async stage => Call.Manage(HttpMethod.Put, Calls.OwnAddress((await stage.LiveAsync()).Text("externalId")), HiddenStory(stage)),
        [("PushArticleBySource", 409)] = async stage => Call.Manage(HttpMethod.Put, Calls.BySource((await stage.LiveAsync()).Text("externalId")), HiddenStory(stage)),
        [("CreateArticle", 409)] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/articles", Given.Article().With("slug", (await stage.LiveAsync()).Text("slug")).Build()),
        [("ReplaceArticle", 409)] = async stage => Call.Manage(HttpMethod.Put, $"/v1/manage/articles/{(await stage.LiveAsync()).Text("id")}", HiddenStory(stage)).With("If-Match", "*"),
        [("PatchOwnArticle", 409)] = async stage => Call.Manage(HttpMethod.Patch, Calls.OwnAddress((await stage.LiveAsync()).Text("externalId")), HiddenStory(stage)),
        [("PatchArticleBySource", 409)] = async stage => Call.Manage(HttpMethod.Patch, Calls.BySource((await stage.LiveAsync()).Text("externalId")), HiddenStory(stage)),
        [("PatchArticle", 409)] = async stage => Call.Manage(HttpMethod.Patch, $"/v1/manage/articles/{(await stage.LiveAsync()).Text("id")}", HiddenStory(stage)).With("If-Match", "*"),
        [("PublishOwnArticle", 409)] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/publish", Past((await stage.LiveAsync()).Text("externalId"))),
        [("PublishArticle", 409)] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await stage.LiveAsync()).Text("id")}/publish", new { expiresAt = LongAgo }),
        [("UnpublishOwnArticle", 409)] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/unpublish", new { externalId = (await DraftAsync(stage)).Text("externalId") }),
        [("UnpublishArticle", 409)] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await DraftAsync(stage)).Text("id")}/unpublish"),
        [("DiscardOwnArticleDraft", 409)] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/discard", new { externalId = (await stage.LiveAsync()).Text("externalId") }),
        [("DiscardArticleDraft", 409)] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await stage.LiveAsync()).Text("id")}/discard"),
        [("TakeDownOwnArticle", 409)] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/takedown", new { externalId = (await DraftAsync(stage)).Text("externalId"), reason = "A reason" }),
        [("TakeDownArticle", 409)] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await stage.TakenDownAsync()).Text("id")}/takedown", new { reason = "A reason" }),
        [("CorrectArticle", 409)] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await stage.TakenDownAsync()).Text("id")}/corrections", Correction),
        [("DeleteArticle", 409)] = async stage => Call.Manage(HttpMethod.Delete, $"/v1/manage/articles/{(await stage.TakenDownAsync()).Text("id")}").With("If-Match", "*"),
        [("DeleteOwnArticle", 409)] = async stage => Call.Manage(HttpMethod.Delete, Calls.OwnAddress((await stage.TakenDownAsync()).Text("externalId"))),
        [("DeleteArticleBySource", 409)] = async stage => Call.Manage(HttpMethod.Delete, Calls.BySource((await stage.TakenDownAsync()).Text("externalId"))),

        [("RestoreRevision", 409)] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await stage.TakenDownAsync()).Text("id")}/revisions/1/restore"),
        [("CreatePreviewLink", 409)] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await stage.TakenDownAsync()).Text("id")}/preview-links"),
        [("RestoreRevision", 422)] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{await OvertakenAsync(stage)}/revisions/1/restore"),

        [("CreateKey", 409)] = stage => UnderWayAsync(stage, "CreateKey"),
        [("BackUp", 409)] = stage => UnderWayAsync(stage, "BackUp"),
        [("RotateKey", 409)] = stage => UnderWayAsync(stage, "RotateKey"),

        [("DeleteSection", 409)] = async stage => await AfterLiveAsync(stage, Call.Manage(HttpMethod.Delete, "/v1/manage/sections/world")),
        [("MoveSection", 409)] = async stage => await stage.SectionAsync() is var path ? Call.Manage(HttpMethod.Post, "/v1/manage/section-moves", new { from = path, to = $"{path}/below" }) : null!,
        [("PutTag", 409)] = async stage => Call.Manage(HttpMethod.Put, $"/v1/manage/tags/place/{await MergedTagAsync(stage)}", new { }),
        [("DeleteTag", 409)] = async stage => await AfterLiveAsync(stage, Call.Manage(HttpMethod.Delete, "/v1/manage/tags/place/syria")),
        [("MergeTags", 409)] = async stage => await stage.TagAsync() is var slug ? Call.Manage(HttpMethod.Post, "/v1/manage/tag-merges", new { from = $"place:{slug}", into = $"place:{slug}" }) : null!,

        [("GetArticle", 410)] = async stage => Call.Get($"/v1/articles/{(await stage.UnpublishedAsync()).Text("id")}"),
        [("ListRelatedArticles", 410)] = async stage => Call.Get($"/v1/articles/{(await stage.UnpublishedAsync()).Text("id")}/related"),
        [("GetArticleByUrl", 410)] = async stage => Call.Get($"/v1/articles/by-url?url={Uri.EscapeDataString(await FormerUrlAsync(stage))}"),
        [("GetArticleByPath", 410)] = async stage => Call.Get($"/v1/articles/by-path/{(await stage.UnpublishedAsync()).Text("path")}"),
        [("GetArticleByPathQuery", 410)] = async stage => Call.Get($"/v1/articles/by-path?path={(await stage.UnpublishedAsync()).Text("path")}"),
    };

    // The writer is held up for as long as it takes to ask a second time.
    private static async Task<Call> UnderWayAsync(Stage stage, string operation)
    {
        var call = (await Calls.Succeeding[operation](stage)).With("Idempotency-Key", Own.Word("key"));
        var replies = stage.Services.GetRequiredService<Replies>();
        _ = stage.Services.GetRequiredService<Writer>().WriteAsync(_ => new ValueTask<bool>(Task.Delay(TimeSpan.FromSeconds(3)).Wait(TimeSpan.FromSeconds(10))));
        _ = call.SendAsync(stage.Reader);
        while (!replies.AreUnderWay)
            await Task.Delay(5);

        return call;
    }

    private static readonly object Correction = new { kind = "correction", text = "It was Homs, not Aleppo." };

    private const string LongAgo = "1999-12-31T00:00:00Z";

    private static Task<Call> Now(Call call) => Task.FromResult(call);

    private static IReadOnlyDictionary<string, object?> Story() => Given.Article().Build();

    private static IReadOnlyDictionary<string, object?> HiddenStory(Stage stage) => Given.Article().With("embargoedUntil", stage.Clock.In(TimeSpan.FromDays(1))).Build();

    private static object Past(string externalId) => new { externalId, expiresAt = LongAgo };

    private static Task<JsonElement> DraftAsync(Stage stage) => stage.Admin.PushedAsync(Given.Article().AsDraft());

    private static async Task<Call> AfterLiveAsync(Stage stage, Call call)
    {
        await stage.LiveAsync();
        return call;
    }

    private static async Task<string> MovedSectionAsync(Stage stage)
    {
        var from = await stage.SectionAsync();
        await stage.Admin.PostAsync("/v1/manage/section-moves", Json.Body(new { from, to = Own.Section() })).AnsweredAsync(200);
        return from;
    }

    private static async Task<string> MergedTagAsync(Stage stage)
    {
        var slug = await stage.TagAsync();
        await stage.Admin.PostAsync("/v1/manage/tag-merges", Json.Body(new { from = $"place:{slug}", into = $"place:{await stage.TagAsync()}" })).AnsweredAsync(200);
        return slug;
    }

    // Its first revision was a translation of something, and another article is that now.
    private static async Task<string> OvertakenAsync(Stage stage)
    {
        var (story, key) = (Given.Article(), Own.Word());
        var id = (await stage.Admin.PushedAsync(story.With("translationKey", key))).Text("id");
        await stage.Admin.PushedAsync(story.Without("translationKey"));
        await stage.Admin.PushedAsync(Given.Article().With("translationKey", key));
        return id;
    }

    private static async Task<string> FormerUrlAsync(Stage stage)
    {
        var article = await stage.Admin.PushedAsync(Given.Article().With("canonicalUrl", $"https://www.example.org/{Own.Word()}"));
        await stage.Admin.UnpublishAsync(article.Text("id")).AnsweredAsync(200);
        return article.Text("canonicalUrl");
    }

    private static async Task<string> FormerPathAsync(Stage stage)
    {
        var article = Given.Article();
        var former = (await stage.Admin.PushedAsync(article)).Text("path");
        await stage.Admin.PushedAsync(article.With("slug", $"another-{article.ExternalId}"));
        return former;
    }
}
