using System.Text.Json;
using System.Text.Json.Nodes;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Revisions;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>Changes some members of an article: merges a patch into it as PUT takes it, and sends that the way of a push, so that every rule is the same.</summary>
internal sealed class Patch(Push push, Database database, Clock clock, SiteOptions site)
{
    private static readonly string[] Forms = ["blocks", "html", "markdown", "text"];

    public async Task<TAnswer> SubmitAsync<TAnswer>(PatchRequest request, Writing writing, Func<WriteOutcome, TAnswer> answer, CancellationToken cancel)
        where TAnswer : IResult
    {
        while (true)
        {
            var (present, refusal) = await FindAsync(request, cancel);
            if (present is null)
                return answer(refusal!);

            // Outside the writer, which has no time for it. Whoever writes in between is merged into in turn.
            var merged = request.MergedInto(present);
            if (await push.RefuseAsync(merged, cancel) is { } refused)
                return answer(refused);

            var submission = Submission.Of(merged) with { MergedInto = present.Etag, SectionNames = request.Names("section") ? null : present.Content.Section?.Names };
            WriteOutcome? outcome = null;
            var made = await writing.AnswerAsync(write => push.RunAsync(write, submission), came => answer(outcome = came));
            if (outcome is not WriteOutcome.Overtaken)
                return made;
        }
    }

    /// <summary>An article in the form that PUT takes, but for what the patch brings in a form of its own.</summary>
    public static JsonElement TargetOf(StoredArticle present, JsonElement patch)
    {
        var content = RevisionContent.Of(present.Content, present.Places);
        var target = JsonSerializer.SerializeToNode(Brings(patch, "body", Forms) ? content with { Body = new ArticleBody() } : content, ContentJson.Options)!.AsObject();
        if (target.Remove("section") && present.Places.Section is { } section && !Brings(patch, "section", ["breadcrumb"]))
            target["section"] = new JsonObject { ["path"] = section.Path };

        return JsonSerializer.SerializeToElement(target, ContentJson.Options);
    }

    private static bool Brings(JsonElement patch, string name, string[] forms) =>
        forms.Any(form => JsonMerge.Find(JsonMerge.Find(patch, name), form).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null));

    // The article, or why there is nothing to merge into.
    private async ValueTask<(StoredArticle? Present, WriteOutcome? Refusal)> FindAsync(PatchRequest request, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var now = session.NotBefore(clock.Now);
        var (row, refusal) = await ArticleWriter.FindAsync(session, request.Target, request.Preconditions, request.Caller.Limits, now);
        refusal = row is null ? new WriteOutcome.NotFound() : refusal;
        refusal ??= request.Patch.Unreadable is { } problem ? new WriteOutcome.Unreadable(problem) : null;
        return refusal is null ? (await StoredArticle.LoadAsync(session, row!, site, now), null) : (null, refusal);
    }
}

/// <summary>A patch as it was sent: for which article, by whom, and on which conditions.</summary>
internal sealed record PatchRequest(ArticleTarget Target, CreateMissing WishedToCreate, MergePatch<ArticleInput> Patch, Preconditions Preconditions, Caller Caller)
{
    public PushRequest MergedInto(StoredArticle present) => new(Target, WishedToCreate, Patch.Onto(Articles.Patch.TargetOf(present, Patch.Patch)), Preconditions, Caller);

    public bool Names(string member) => JsonMerge.Find(Patch.Patch, member).ValueKind != JsonValueKind.Undefined;
}
