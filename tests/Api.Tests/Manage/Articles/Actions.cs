using System.Diagnostics;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Every write and transition there is, by the article's id or by the sender's own.</summary>
internal sealed class Actions(Newsroom newsroom, StateOfStory story, bool isById)
{
    /// <summary>In the order of the table.</summary>
    public static readonly string[] Names =
    [
        "publish", "publish at", "publish, no end", "unpublish", "unpublish at", "discard", "takedown", "delete",
        "put draft", "put published", "put minor edit", "put ahead", "put embargoed", "put ended",
    ];

    // Behind what the states have ahead of them, so that the two are told apart.
    private string Later => newsroom.Clock.In(TimeSpan.FromHours(1));

    public Task<HttpResponseMessage> ActAsync(string action) => action switch
    {
        "publish" => MoveAsync("publish", []),
        "publish at" => MoveAsync("publish", new() { ["at"] = Later }),
        "publish, no end" => MoveAsync("publish", new() { ["expiresAt"] = null }),
        "unpublish" => MoveAsync("unpublish", []),
        "unpublish at" => MoveAsync("unpublish", new() { ["at"] = Later }),
        "discard" => MoveAsync("discard", []),
        "takedown" => MoveAsync("takedown", new() { ["reason"] = "A court said so." }),
        "delete" => SendAsync(HttpMethod.Delete, null),
        "put draft" => PutAsync(story.Story.AsDraft()),
        "put published" => PutAsync(Published()),
        "put minor edit" => PutAsync(Published().With("minorEdit", true)),
        "put ahead" => PutAsync(Published().With("publishedAt", Later)),
        "put embargoed" => PutAsync(Published().With("embargoedUntil", Later)),
        "put ended" => PutAsync(Published().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(-9))).With("expiresAt", newsroom.Clock.In(TimeSpan.FromSeconds(-1)))),
        _ => throw new UnreachableException(action),
    };

    // A story as it is sent afresh: with nothing ahead of it but what the write itself brings.
    private Given Published() => story.Story.Without("publishedAt").Without("embargoedUntil").Without("expiresAt").With("status", "published");

    private Task<HttpResponseMessage> PutAsync(Given article) => SendAsync(HttpMethod.Put, Json.Body(article.Headed("C").Build()));

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, HttpContent? content) => isById
        ? newsroom.Admin.SendAsync(method, $"/v1/manage/articles/{story.Id}", content, ("If-Match", "*"))
        : newsroom.Admin.SendAsync(method, $"/v1/manage/sources/wire/articles/{story.Story.ExternalId}", content);

    private Task<HttpResponseMessage> MoveAsync(string transition, Dictionary<string, object?> terms)
    {
        if (isById)
            return newsroom.Admin.PostAsync($"/v1/manage/articles/{story.Id}/{transition}", transition == "discard" ? null : Json.Body(terms));

        terms["externalId"] = story.Story.ExternalId;
        return newsroom.Admin.PostAsync($"/v1/manage/sources/wire/{transition}", Json.Body(terms));
    }
}
