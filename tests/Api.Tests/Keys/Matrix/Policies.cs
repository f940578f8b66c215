using System.Runtime.CompilerServices;

namespace Galley.Tests.Keys.Matrix;

/// <summary>
/// The policy, written by hand: every operation of the running server needs a row here, or nobody knows who may call it. A row names the operation as its
/// route is written, the scopes, what it does about limits, and what it comes to in each state of what stands there.
/// </summary>
internal static class Policies
{
    private const string Arranging = "taxonomy:write content:write drafts:read";

    private static readonly Place Sport = Place.Home with { Section = "sport/tennis" };
    private static readonly Place French = Place.Home with { Language = "fr" };

    public static readonly IReadOnlyList<Policy> Table =
    [
        Policy.Of("GET /", Door.Open, "200"),
        Policy.Of("GET /health/live", Door.Open, "200"),
        Policy.Of("GET /health/ready", Door.Open, "200"),
        Policy.Of("GET /problems", Door.Open, "200"),
        Policy.Of("GET /problems/{code}", Door.Open, "200", "/problems/not-found"),
        Policy.Of("GET /preview/{token}", Door.Open, "404", "/preview/nothing"),
        Policy.Of("GET /openapi/v1.json", Door.Open, "200"),

        Policy.Of("GET /v1/articles/", Door.Readers, "200", limited: Limited.Irrelevant),
        Policy.Of("GET /v1/feeds/rss", Door.Readers, "200", limited: Limited.Irrelevant),
        Policy.Of("GET /v1/feeds/atom", Door.Readers, "200", limited: Limited.Irrelevant),
        Policy.Of("GET /v1/feeds/json", Door.Readers, "200", limited: Limited.Irrelevant),
        Policy.Of("GET /v1/changes/", Door.Readers, "200", limited: Limited.Irrelevant),
        Policy.Of("GET /v1/changes/stream", Door.Readers, "200", limited: Limited.Irrelevant),
        Policy.Of("GET /v1/sections", Door.Readers, "200"),
        Policy.Of("GET /v1/sections/{**path}", Door.Readers, "200", "/v1/sections/world/europe"),
        Policy.Of("GET /v1/section-tree", Door.Readers, "200"),
        Policy.Of("GET /v1/tags/", Door.Readers, "200"),
        Policy.Of("GET /v1/tags/{kind}/{slug}", Door.Readers, "200", "/v1/tags/place/europe"),

        // The states:                                      absent draft scheduled live +draft +pending expired unpublished deleted taken-down
        Policy.Read("GET /v1/articles/{id}",                  "404  404     404    200   200     200     410      410       410       410"),
        Policy.Read("GET /v1/articles/{id}/related",          "404  404     404    200   200     200     410      410       410       410", at => $"/v1/articles/{at.Id}/related"),
        Policy.Read("GET /v1/articles/by-path",               "404  404     404    200   200     200     410      410       410       410", at => $"/v1/articles/by-path?path={at.Path}"),
        Policy.Read("GET /v1/articles/by-path/{**path}",      "404  404     404    200   200     200     410      410       410       410"),

        Policy.Read("GET /v1/articles/by-url",                "404  404     404    404   404     404     404      404       404       404", _ => "/v1/articles/by-url?url=https://www.example.org/nothing"),

        .. OwnId("GET", "drafts:read content:write",          "404  200     200    200   200     200     200      200       404       200"),
        ById("GET", "", "drafts:read content:write",          "404  200     200    200   200     200     200      200       404       200"),

        .. Patched(OwnId("PATCH", "content:write",            "404  200   publish publish 200  publish publish   200       404      taken")),
        .. Patched([ById("PATCH", "", "content:write",        "404  200   publish publish 200  publish publish   200       404      taken")]),

        .. OwnId("DELETE", "content:publish",                 "404  204     204    204   204     204     204      204       404      taken"),
        ById("DELETE", "", "content:publish",                 "404  204     204    204   204     204     204      204       404      taken"),
        OwnTransition("publish", "content:publish",           "404  200     200    200   200     200    state     200       404      taken"),
        ById("POST", "/publish", "content:publish",           "404  200     200    200   200     200    state     200       404      taken"),
        OwnTransition("unpublish", "content:publish",         "404 state    200    200   200     200    state     200       404      taken"),
        ById("POST", "/unpublish", "content:publish",         "404 state    200    200   200     200    state     200       404      taken"),

        OwnTransition("discard", "content:publish",           "404 state   state  state  200   200    state    state      404      taken"),
        ById("POST", "/discard", "content:publish",           "404 state   state  state  200   200    state    state      404      taken"),
        OwnTransition("takedown", "content:publish",          "404 state    200    200   200     200     200      200       404      taken") with { Body = at => new { externalId = at.ExternalId, reason = "A reason" } },
        ById("POST", "/takedown", "content:publish",          "404 state    200    200   200     200     200      200       404      taken") with { Body = _ => new { reason = "A reason" } },

        ById("POST", "/corrections", "content:publish",       "404  200     200    200   200     200     200      200       404      taken") with { Body = _ => new { kind = "correction", text = Support.Own.Word("It was Homs") } },

        ById("GET", "/revisions", "drafts:read content:write",       "404  200     200    200   200     200     200      200       404       200"),
        ById("GET", "/revisions/{revision}", "drafts:read content:write", "404  200     200    200   200     200     200      200       404       200") with { Address = at => $"/v1/manage/articles/{at.Id}/revisions/1" },
        ById("GET", "/revision-diff", "drafts:read content:write",   "404  200     200    200   200     200     200      200       404       200") with { Address = at => $"/v1/manage/articles/{at.Id}/revision-diff?from=1&to=1" },
        ById("POST", "/revisions/{revision}/restore", "content:write", "404  200   publish  200   200     200     200      200       404      taken") with { Address = at => $"/v1/manage/articles/{at.Id}/revisions/1/restore" },
        ById("POST", "/preview-links/", "content:write",             "404  201     201    201   201     201     201      201       404      taken"),
        ById("DELETE", "/preview-links/{linkId}", "content:write",   "404  204     204    204   204     204     204      204       404       404") with { Address = at => $"/v1/manage/articles/{at.Id}/preview-links/{at.LinkId}" },

        .. Pushed("draft", Place.Home, null,                  "201  200   publish  200   200     200     200      200       201      taken"),
        .. Pushed("published", Place.Home, "content:publish", "201  200     200    200   200     200     200      200       201      taken"),
        .. Pushed("draft", Sport, null,                       "201  200   publish  200   200     200     200      200       201      taken"),
        .. Pushed("published", French, "content:publish",     "201  200     200    200   200     200     200      200       201      taken"),
        Making(Place.Home,                                    "201  200   publish  200   200     200     200      200       201      taken"),
        Making(Sport,                                         "201  200   publish  200   200     200     200      200       201      taken"),
        Created("draft", Place.Home, null),
        Created("published", Place.Home, "content:publish"),
        Created("draft", Sport, null),
        Created("draft", French, null),
        Replaced("draft", Place.Home, null,                   "404  200   publish  200   200     200     200      200       404      taken"),
        Replaced("published", Place.Home, "content:publish",  "404  200     200    200   200     200     200      200       404      taken"),
        Replaced("draft", French, null,                       "404  200   publish  200   200     200     200      200       404      taken"),
        Replaced("published", Sport, "content:publish",       "404  200     200    200   200     200     200      200       404      taken"),

        Policy.Key("GET /v1/manage/articles/", "drafts:read content:write", Limited.Irrelevant, "200"),
        Policy.Key("POST /v1/manage/articles/bulk", "content:write content:publish", Limited.Irrelevant, "200") with { Lines = string.Empty },

        Policy.Key("GET /v1/manage/sections", Arranging, Limited.Closed, "200"),
        Policy.Key("GET /v1/manage/sections/{**path}", Arranging, Limited.Closed, "200", "/v1/manage/sections/world/europe"),
        Policy.Key("PUT /v1/manage/sections/{**path}", "taxonomy:write", Limited.Closed, "201", body: new { }) with { Address = _ => $"/v1/manage/sections/{Support.Own.Section()}" },
        Policy.Key("DELETE /v1/manage/sections/{**path}", "taxonomy:write", Limited.Closed, "404", "/v1/manage/sections/nowhere"),
        Policy.Key("POST /v1/manage/section-moves", "taxonomy:write", Limited.Closed, "200", body: new { from = "world/europe", to = "world/europe" }),
        Policy.Key("GET /v1/manage/tags", Arranging, Limited.Closed, "200"),
        Policy.Key("GET /v1/manage/tags/{kind}/{slug}", Arranging, Limited.Closed, "200", "/v1/manage/tags/place/europe"),
        Policy.Key("PUT /v1/manage/tags/{kind}/{slug}", "taxonomy:write", Limited.Closed, "201", body: new { }) with { Address = _ => $"/v1/manage/tags/place/{Support.Own.Section()}" },
        Policy.Key("DELETE /v1/manage/tags/{kind}/{slug}", "taxonomy:write", Limited.Closed, "404", "/v1/manage/tags/place/nowhere"),
        Policy.Key("POST /v1/manage/tag-merges", "taxonomy:write", Limited.Closed, "state", body: new { from = "place:europe", into = "place:europe" }),

        Policy.Key("GET /v1/manage/export", "ops", Limited.Closed, "200") with { Also = "drafts:read" },
        Policy.Key("POST /v1/manage/ops/backup", "ops", Limited.Closed, "200"),

        Policy.Key("GET /v1/manage/keys/", "keys:manage", Limited.Irrelevant, "200"),
        Policy.Key("POST /v1/manage/keys/", "keys:manage", Limited.Irrelevant, "201", body: new { scopes = new[] { "content:write" } }) with { NeedsCover = true },
        // The states:                                                      unknown key revoked expired two-secrets everything
        Policy.OtherKey("GET /v1/manage/keys/{keyId}",                        "404  200   200     200       200        200", needsCover: false),
        Policy.OtherKey("DELETE /v1/manage/keys/{keyId}",                     "404  204   404     404       204        204"),
        Policy.OtherKey("POST /v1/manage/keys/{keyId}/rotate",                "404  200   404     404       200        200"),
        Policy.OtherKey("DELETE /v1/manage/keys/{keyId}/previous",            "404  404   404     404       204        404"),
    ];

    private static Policy[] OwnId(string method, string anyOf, string outcomes, [CallerLineNumber] int line = 0) =>
    [
        Policy.Article($"{method} /v1/manage/sources/{{source}}/articles/{{**externalId}}", anyOf, Limited.BySource, outcomes, line),
        Policy.Article($"{method} /v1/manage/articles/by-source", anyOf, Limited.BySource, outcomes, line) with
        {
            Address = at => $"/v1/manage/articles/by-source?source=wire&externalId={at.ExternalId}",
        },
    ];

    // It keeps the status there is: where that is published, it publishes.
    private static IEnumerable<Policy> Patched(IEnumerable<Policy> rows) => rows.Select(row => row with { Body = _ => new { kicker = Support.Own.Word() } });

    private static Policy ById(string method, string rest, string anyOf, string outcomes, [CallerLineNumber] int line = 0) =>
        Policy.Article($"{method} /v1/manage/articles/{{id}}{rest}", anyOf, Limited.ById, outcomes, line);

    private static Policy OwnTransition(string name, string anyOf, string outcomes, [CallerLineNumber] int line = 0) =>
        Policy.Article($"POST /v1/manage/sources/{{source}}/{name}", anyOf, Limited.BySource, outcomes, line) with { Body = at => new { externalId = at.ExternalId } };

    private static Policy[] Pushed(string status, Place place, string? also, string outcomes, [CallerLineNumber] int line = 0) =>
        [.. OwnId("PUT", "content:write", outcomes, line).Select(row => Putting(row, status, place, also))];

    // It has no source, so it is outside where sources are limited.
    private static Policy Created(string status, Place place, string? also, [CallerLineNumber] int line = 0) =>
        Policy.Key("POST /v1/manage/articles/", "content:write", Limited.Irrelevant, "201", line: line) with
        {
            Variant = $"{status}, in {place.Section}, {place.Language}",
            Also = also,
            Puts = place with { Source = string.Empty },
            Body = _ => new { language = place.Language, section = place.Section, status, headline = Support.Own.Word("Made here") },
        };

    private static Policy Replaced(string status, Place place, string? also, string outcomes, [CallerLineNumber] int line = 0) =>
        Putting(ById("PUT", "", "content:write", outcomes, line), status, place, also);

    // Into a section that is not there yet, with a tag that is not either.
    private static Policy Making(Place place, string outcomes, [CallerLineNumber] int line = 0) => Pushed("draft", place, null, outcomes, line)[0] with
    {
        Variant = $"making sections and tags in {place.Section}",
        MakesTaxonomy = true,
        Address = at => $"/v1/manage/sources/wire/articles/{at.ExternalId}?createMissing=sections,tags",
        Body = _ => new { language = place.Language, section = $"{place.Section}/{Support.Own.Section()}", tags = new[] { Support.Own.Tag() }, headline = "Headline" },
    };

    private static Policy Putting(Policy row, string status, Place place, string? also) => row with
    {
        Variant = $"{status}, in {place.Section}, {place.Language}",
        Also = also,
        Puts = place,
        Body = at => new { language = place.Language, section = place.Section, status, headline = $"Of {at.State}", kicker = Support.Own.Word() },
    };
}
