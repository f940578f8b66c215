using Galley.Tests.Manage.Bulk;
using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>For each operation of the contract a request that succeeds, on data of its own.</summary>
internal static class Calls
{
    private static readonly object NewKey = new { label = "An app", scopes = new[] { "content:read" } };

    private static readonly object Change = new { kicker = "A kicker" };

    private static readonly object Section = new { names = new { en = "A name" } };

    private static readonly object Story = Given.Article().Build();

    public static readonly IReadOnlyDictionary<string, Func<Stage, Task<Call>>> Succeeding = new Dictionary<string, Func<Stage, Task<Call>>>(StringComparer.Ordinal)
    {
        ["ListArticles"] = _ => Now(Call.Get("/v1/articles")),
        ["GetArticle"] = async stage => Call.Get($"/v1/articles/{await LiveIdAsync(stage)}"),
        ["ListRelatedArticles"] = async stage => Call.Get($"/v1/articles/{await LiveIdAsync(stage)}/related"),
        ["GetArticleByPathQuery"] = async stage => Call.Get($"/v1/articles/by-path?path={(await stage.LiveAsync()).Text("path")}"),
        ["GetArticleByPath"] = async stage => Call.Get($"/v1/articles/by-path/{(await stage.LiveAsync()).Text("path")}"),
        ["GetArticleByUrl"] = async stage => Call.Get($"/v1/articles/by-url?url={Uri.EscapeDataString(await UrlAsync(stage))}"),
        ["GetRssFeed"] = _ => Now(Call.Get("/v1/feeds/rss")),
        ["GetAtomFeed"] = _ => Now(Call.Get("/v1/feeds/atom")),
        ["GetJsonFeed"] = stage => AfterLive(stage, Call.Get("/v1/feeds/json")),
        ["ListChanges"] = _ => Now(Call.Get("/v1/changes")),
        // As HEAD: the stream itself does not end.
        ["StreamChanges"] = _ => Now(Call.Get("/v1/changes/stream") with { Method = HttpMethod.Head }),
        ["ListSections"] = _ => Now(Call.Get("/v1/sections")),
        ["GetSection"] = stage => AfterLive(stage, Call.Get("/v1/sections/world")),
        ["GetSectionTree"] = _ => Now(Call.Get("/v1/section-tree")),
        ["ListTags"] = _ => Now(Call.Get("/v1/tags")),
        ["GetTag"] = stage => AfterLive(stage, Call.Get("/v1/tags/place/syria")),
        ["PushArticle"] = _ => Now(Call.Manage(HttpMethod.Put, OwnAddress(Given.Article().ExternalId), Story)),
        ["PatchOwnArticle"] = async stage => Call.Manage(HttpMethod.Patch, OwnAddress(await OwnIdAsync(stage)), Change),
        ["PushArticles"] = _ => Now(Call.Manage(HttpMethod.Post, BulkRequests.Address) with { Content = BulkRequests.Body(BulkRequests.Put(Given.Article())) }),
        ["GetOwnArticle"] = async stage => Call.Manage(HttpMethod.Get, OwnAddress(await OwnIdAsync(stage))),
        ["DeleteOwnArticle"] = async stage => Call.Manage(HttpMethod.Delete, OwnAddress(await OwnIdAsync(stage))),
        ["PublishOwnArticle"] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/publish", new { externalId = await OwnIdAsync(stage) }),
        ["UnpublishOwnArticle"] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/unpublish", new { externalId = await OwnIdAsync(stage) }),
        ["CreateArticle"] = _ => Now(Call.Manage(HttpMethod.Post, "/v1/manage/articles", Story)),
        ["PushArticleBySource"] = _ => Now(Call.Manage(HttpMethod.Put, BySource(Given.Article().ExternalId), Story)),
        ["PatchArticleBySource"] = async stage => Call.Manage(HttpMethod.Patch, BySource(await OwnIdAsync(stage)), Change),
        ["GetArticleBySource"] = async stage => Call.Manage(HttpMethod.Get, BySource(await OwnIdAsync(stage))),
        ["DeleteArticleBySource"] = async stage => Call.Manage(HttpMethod.Delete, BySource(await OwnIdAsync(stage))),
        ["ListManagedArticles"] = stage => AfterLive(stage, Call.Manage(HttpMethod.Get, "/v1/manage/articles")),
        ["GetManagedArticle"] = async stage => Call.Manage(HttpMethod.Get, $"/v1/manage/articles/{await LiveIdAsync(stage)}"),
        ["ReplaceArticle"] = async stage => Call.Manage(HttpMethod.Put, $"/v1/manage/articles/{await LiveIdAsync(stage)}", Story).With("If-Match", "*"),
        ["PatchArticle"] = async stage => Call.Manage(HttpMethod.Patch, $"/v1/manage/articles/{await LiveIdAsync(stage)}", Change).With("If-Match", "*"),
        ["DeleteArticle"] = async stage => Call.Manage(HttpMethod.Delete, $"/v1/manage/articles/{await LiveIdAsync(stage)}").With("If-Match", "*"),
        ["PublishArticle"] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{await LiveIdAsync(stage)}/publish"),
        ["UnpublishArticle"] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{await LiveIdAsync(stage)}/unpublish"),
        ["DiscardOwnArticleDraft"] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/discard", new { externalId = (await stage.LiveWithDraftAsync()).Text("externalId") }),
        ["DiscardArticleDraft"] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{(await stage.LiveWithDraftAsync()).Text("id")}/discard"),
        ["TakeDownOwnArticle"] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/sources/wire/takedown", new { externalId = await OwnIdAsync(stage), reason = "A reason" }),
        ["TakeDownArticle"] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{await LiveIdAsync(stage)}/takedown", new { reason = "A reason" }),
        ["ListManagedSections"] = _ => Now(Call.Manage(HttpMethod.Get, "/v1/manage/sections")),
        ["GetManagedSection"] = stage => AfterLive(stage, Call.Manage(HttpMethod.Get, "/v1/manage/sections/world")),
        ["PutSection"] = _ => Now(Call.Manage(HttpMethod.Put, $"/v1/manage/sections/{Own.Section()}", Section)),
        ["DeleteSection"] = async stage => Call.Manage(HttpMethod.Delete, $"/v1/manage/sections/{await stage.SectionAsync()}"),
        ["MoveSection"] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/section-moves", new { from = await stage.SectionAsync(), to = Own.Section() }),
        ["ListManagedTags"] = _ => Now(Call.Manage(HttpMethod.Get, "/v1/manage/tags")),
        ["GetManagedTag"] = stage => AfterLive(stage, Call.Manage(HttpMethod.Get, "/v1/manage/tags/place/syria")),
        ["PutTag"] = _ => Now(Call.Manage(HttpMethod.Put, $"/v1/manage/tags/place/{Own.Section()}", Section)),
        ["DeleteTag"] = async stage => Call.Manage(HttpMethod.Delete, $"/v1/manage/tags/place/{await stage.TagAsync()}"),
        ["MergeTags"] = async stage => Call.Manage(HttpMethod.Post, "/v1/manage/tag-merges", new { from = $"place:{await stage.TagAsync()}", into = $"place:{await stage.TagAsync()}" }),
        ["CorrectArticle"] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{await LiveIdAsync(stage)}/corrections", new { kind = "correction", text = "It was Homs, not Aleppo." }),
        ["ListRevisions"] = async stage => Call.Manage(HttpMethod.Get, $"/v1/manage/articles/{await LiveIdAsync(stage)}/revisions"),
        ["GetRevision"] = async stage => Call.Manage(HttpMethod.Get, $"/v1/manage/articles/{await LiveIdAsync(stage)}/revisions/1"),
        ["CompareRevisions"] = async stage => Call.Manage(HttpMethod.Get, $"/v1/manage/articles/{await LiveIdAsync(stage)}/revision-diff?from=1&to=1"),
        ["RestoreRevision"] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{await LiveIdAsync(stage)}/revisions/1/restore"),
        ["CreatePreviewLink"] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/articles/{await LiveIdAsync(stage)}/preview-links"),
        ["RevokePreviewLink"] = async stage => Call.Manage(HttpMethod.Delete, await LinkAddressAsync(stage)),
        ["ExportArticles"] = _ => Now(Call.Manage(HttpMethod.Get, "/v1/manage/export")),
        ["BackUp"] = _ => Now(Call.Manage(HttpMethod.Post, "/v1/manage/ops/backup")),
        ["ListKeys"] = _ => Now(Call.Manage(HttpMethod.Get, "/v1/manage/keys")),
        ["CreateKey"] = stage => AfterLive(stage, Call.Manage(HttpMethod.Post, "/v1/manage/keys", NewKey)),
        ["GetKey"] = async stage => Call.Manage(HttpMethod.Get, $"/v1/manage/keys/{await NewKeyIdAsync(stage)}"),
        ["RevokeKey"] = async stage => Call.Manage(HttpMethod.Delete, $"/v1/manage/keys/{await NewKeyIdAsync(stage)}"),
        ["RotateKey"] = async stage => Call.Manage(HttpMethod.Post, $"/v1/manage/keys/{await NewKeyIdAsync(stage)}/rotate"),
        ["EndPreviousSecret"] = async stage => Call.Manage(HttpMethod.Delete, $"/v1/manage/keys/{await RotatedKeyIdAsync(stage)}/previous"),
    };

    public static string OwnAddress(string externalId) => $"/v1/manage/sources/wire/articles/{externalId}";

    public static string BySource(string externalId) => $"/v1/manage/articles/by-source?source=wire&externalId={externalId}";

    private static Task<Call> Now(Call call) => Task.FromResult(call);

    private static async Task<Call> AfterLive(Stage stage, Call call)
    {
        await stage.LiveAsync();
        return call;
    }

    /// <summary>The canonical URL of a new article that readers see.</summary>
    public static async Task<string> UrlAsync(Stage stage)
    {
        var article = Given.Article();
        return (await stage.Admin.PushedAsync(article.With("canonicalUrl", $"https://www.example.org/{article.ExternalId}"))).Text("canonicalUrl");
    }

    private static async Task<string> LiveIdAsync(Stage stage) => (await stage.LiveAsync()).Text("id");

    private static async Task<string> LinkAddressAsync(Stage stage)
    {
        var id = await LiveIdAsync(stage);
        return $"/v1/manage/articles/{id}/preview-links/{(await stage.Admin.PreviewAsync(id).AnsweredAsync(201)).Text("id")}";
    }

    private static async Task<string> OwnIdAsync(Stage stage) => (await stage.LiveAsync()).Text("externalId");

    private static async Task<string> NewKeyIdAsync(Stage stage)
    {
        var made = await stage.Admin.PostAsync("/v1/manage/keys", Json.Body(NewKey));
        return (await made.JsonAsync()).Text("id");
    }

    private static async Task<string> RotatedKeyIdAsync(Stage stage)
    {
        var id = await NewKeyIdAsync(stage);
        await stage.Admin.PostAsync($"/v1/manage/keys/{id}/rotate", null);
        return id;
    }
}
