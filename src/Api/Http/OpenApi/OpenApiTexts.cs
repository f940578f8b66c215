using Microsoft.OpenApi;

namespace Galley.Http.OpenApi;

/// <summary>What the document says as a whole, and of its parts.</summary>
internal static class OpenApiTexts
{
    public const string Introduction = """
        Galley holds a newsroom's stories: scripts push them in, apps, partner sites and front ends read them.

        **Two worlds.** `/v1/…` is delivery: it answers what is visible now, never a draft. `/v1/manage/…` is the newsroom's side: a key is always required, and nothing there may be stored by a cache.

        **JSON.** UTF-8, camelCase. Instants are RFC 3339 in UTC with `Z`, at most milliseconds; what is sent needs an offset. Optional members without a value are absent, never `null`. Lengths count UTF-16 code units. Every HEAD answers as GET does, without the body.

        **Texts** are plain text in Unicode NFC, given back as they were sent, every space and quotation mark of them: `<b>` in a headline is three characters, and whoever shows it in HTML escapes it. An empty text is a text; only `null` and leaving out mean absent.

        **Open answers.** Members and values may be added. Ignore members you do not know, take values you do not know as text, show a block of an unknown type by its `text` or skip it. `x-extensible-enum` lists the values there are so far.

        **Strict input.** An unknown member or query parameter is refused, with the nearest valid name as a suggestion; so is a member that stands twice, a repeated or an empty parameter. `null` for an optional member means absent. All errors are told at once. What GET of management gives, PUT takes: members marked read-only may be sent back as they are.

        **Two ways to write.** A schema with `x-shorthand` may also be sent as one string of that form, such as `place:syrie` for a tag. Generated clients send the object.

        **Errors** are RFC 9457 problem documents, also for unknown routes (404), wrong methods (405, with `Allow`) and crashes. Programs switch on `code`; `type` is a page that says how to fix it. Only what the HTTP parser itself refuses, such as more than 16 KiB of headers (431), is answered without one.

        **404, 410, 403.** 404: not there, or never visible to this reader. 410: was visible to this reader and is not now, for whatever reason. 308 goes only to a visible article. In management an article that is deleted, or outside the key's limits, is 404; 403 names the scope that the key lacks, or the source, section or language of the request that it is not for.

        **Caching.** Every GET of delivery has a strong `ETag`; send it back in `If-None-Match` and get 304 while nothing has changed. Anonymous answers may be stored for ten seconds, and used stale for a little longer as their `Cache-Control` says; answers to a key are revalidated each time. With `Accept-Encoding: br` or `gzip` answers of delivery come packed, each form with a tag of its own; streams do not.

        **Lost updates.** Management articles have one tag per revision, also as member `etag`. Writes by our id need it in `If-Match`; elsewhere it is optional and honoured.

        **Sending again.** A PUT by your own id may be sent as often as you like. A POST that carries an `Idempotency-Key` counts once: whoever was cut off sends the same again and gets the same answer. `dryRun=true` on a write tells what it would come to.

        **Pages.** `page.next` and `page.previous` are cursors for the parameter `cursor`, and the `Link` header holds the full URLs. A page may be short, or even empty, and still have a next one.

        **Keys** go into `Authorization: Bearer <key>`, never into the address (400). A wrong key is always 401, never treated as none. Delivery also takes it as the password of `Basic`, with any user name, for feed readers; management does not.
        """;

    /// <summary>Belongs to every list.</summary>
    public const string EndOfList = "A page may be short, or even empty, and still have a next one, where much had to be read to find little. Only an absent `page.next` means the end.";

    /// <summary>Belongs to every feed.</summary>
    public const string EndOfFeed = "A page may be short, or even empty, and still have a next one: articles that may not be syndicated are left out, and much may have to be read to find little. Only an absent link to the next page means the end.";

    /// <summary>The groups of operations, in the order of the document.</summary>
    public static readonly IReadOnlyList<OpenApiTag> Tags =
    [
        new() { Name = "Articles", Description = "Articles for readers: only what is visible, by the clock of each request." },
        new() { Name = "Feeds", Description = "Every list of articles as a feed: for feed readers, and for sites that take in what others publish." },
        new() { Name = "Changes", Description = "What became visible, changed or went away, in one order: for whoever keeps a copy." },
        new() { Name = "Sections", Description = "The places of the site. A section exists for readers while an article they see stands in it or below." },
        new() { Name = "Tags", Description = "People, organisations, places and whatever else articles are about. A tag exists for readers while an article they see has it." },
        new() { Name = "Manage articles", Description = "Articles for the newsroom, whatever their state: pushing, reading, publishing, unpublishing, deleting." },
        new() { Name = "Manage revisions", Description = "The history of an article: looking back, comparing, restoring, and showing one revision to others by a link." },
        new() { Name = "Manage sections", Description = "Sections by hand: naming, moving, deleting." },
        new() { Name = "Manage tags", Description = "Tags by hand: naming, describing, merging, deleting." },
        new() { Name = "Manage keys", Description = "API keys: listing, making, rotating, revoking. No key makes or changes one that may do more than itself." },
        new() { Name = "Manage operations", Description = "What the operator does: all articles as lines that can be imported, and backups of the database." },
    ];
}
