using System.Globalization;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.History;

/// <summary>Sending commands, and what their answers must be.</summary>
internal sealed partial class Play
{
    private async Task WriteAsync(Command command)
    {
        var links = command is Command.Push push ? _model.LinksOf(push) : [];
        var reply = await SendAsync(command, links);
        if (reply is null)
            return;

        var outcome = command switch
        {
            Command.Push push1 => _model.Apply(push1, reply.Status == 201 ? reply.Json.Text("id") : null),
            Command.Publish publish => _model.Apply(publish),
            Command.Unpublish unpublish => _model.Apply(unpublish),
            Command.Discard discard => _model.Apply(discard),
            Command.TakeDown takedown => _model.Apply(takedown),
            Command.Delete delete => _model.Apply(delete),
            Command.Correct correct => _model.Apply(correct),
            Command.Restore restore => _model.Apply(restore),
            Command.PutSection put => _model.Apply(put),
            Command.MoveSection move => _model.Apply(move),
            Command.DeleteSection delete => _model.Apply(delete),
            Command.PutTag put => _model.Apply(put),
            Command.DeleteTag delete => _model.Apply(delete),
            Command.MergeTags merge => _model.Apply(merge),
            _ => throw new System.Diagnostics.UnreachableException($"Unhandled command {command}."),
        };
        Expect(outcome.Status, reply.Status, reply);
        if (outcome.Status >= 400 && outcome.Word is { } code)
            Expect(code, reply.Json.Text("code"), reply);
        if (outcome.Story is null)
            return;

        Expect(outcome.Word, reply.Json.Text("outcome"), reply);
        CompareManaged(outcome.Story, reply);
    }

    // Null where there is nobody to send it to.
    private async Task<Reply?> SendAsync(Command command, IReadOnlyList<Link> links) => command switch
    {
        Command.Push push => await _bench.SendAsync(HttpMethod.Put, $"{_wire.AddressOf(push.Story)}?createMissing=sections,tags", _wire.BodyOf(push, links)),
        Command.Publish { HasExpiry: true } publish => await PostAsync(publish.Story, "publish", publish.At is null ? new { expiresAt = _wire.At(publish.ExpiresAt) } : new { at = _wire.At(publish.At), expiresAt = _wire.At(publish.ExpiresAt) }),
        Command.Publish publish => await PostAsync(publish.Story, "publish", publish.At is null ? null : new { at = _wire.At(publish.At) }),
        Command.Unpublish unpublish => await PostAsync(unpublish.Story, "unpublish", unpublish.At is null ? null : new { at = _wire.At(unpublish.At) }),
        Command.Discard discard => await PostAsync(discard.Story, "discard", null),
        Command.TakeDown takedown => await PostAsync(takedown.Story, "takedown", new { reason = "A court said so." }),
        Command.Correct correct => await PostAsync(correct.Story, "corrections", new { kind = "correction", text = $"Correction {correct.Words}" }),
        Command.Delete delete => await _bench.SendAsync(HttpMethod.Delete, _wire.AddressOf(delete.Story)),
        Command.Restore restore => _model.Find(restore.Story) is not { } story ? null
            : await PostAsync(restore.Story, string.Create(CultureInfo.InvariantCulture, $"revisions/{Model.RevisionOf(restore, story)}/restore"), null),
        Command.PutSection put => await _bench.SendAsync(HttpMethod.Put, $"/v1/manage/sections/{_wire.Section(put.Path)}", new { names = new { en = $"Section {put.Words}" } }),
        Command.DeleteSection delete => await _bench.SendAsync(HttpMethod.Delete, $"/v1/manage/sections/{_wire.Section(delete.Path)}"),
        Command.MoveSection move => await _bench.SendAsync(HttpMethod.Post, "/v1/manage/section-moves", new { from = _wire.Section(move.From), to = _wire.Section(move.To) }),
        Command.PutTag put => await _bench.SendAsync(HttpMethod.Put, TaxonomyDesk.AddressOf(_wire.Tag(put.Tag)), new { names = new { en = $"Tag {put.Words}" } }),
        Command.DeleteTag delete => await _bench.SendAsync(HttpMethod.Delete, TaxonomyDesk.AddressOf(_wire.Tag(delete.Tag))),
        Command.MergeTags merge => await _bench.SendAsync(HttpMethod.Post, "/v1/manage/tag-merges", new { from = _wire.Tag(merge.From), into = _wire.Tag(merge.Into) }),
        _ => throw new System.Diagnostics.UnreachableException($"Unhandled command {command}."),
    };

    private async Task<Reply?> PostAsync(int story, string transition, object? body) =>
        _model.Find(story) is { } found ? await _bench.SendAsync(HttpMethod.Post, $"/v1/manage/articles/{found.Id}/{transition}", body) : null;

    private void CompareManaged(Story story, Reply reply)
    {
        var article = reply.Json;
        var newest = story.Newest;
        Expect(story.State, article.Text("state"), reply);
        Expect(story.Allowed, string.Join(' ', article.Texts("allowed")), reply);
        Expect(story.HasDraft, article.Flag("hasDraft"), reply);
        Expect(story.Version, article.Number("version"), reply);
        Expect(story.Revisions.Count, article.Number("revision"), reply);
        Expect(newest.IsPublished ? "published" : "draft", article.Text("status"), reply);
        Expect(_wire.At(story.Live is null ? null : story.Ahead?.From), Optional(article, "pendingAt"), reply);
        Expect(_wire.At(story.UnpublishAt), Optional(article, "unpublishAt"), reply);
        Expect(_wire.At(story.FirstPublishedAt), Optional(article, "firstPublishedAt"), reply);
        if (story.IsTakenDown)
            return;

        Expect(newest.Content.Headline, article.Text("headline"), reply);
        Expect(_wire.At(newest.Content.PublishedAt), Optional(article, "publishedAt"), reply);
        Expect(newest.Content.Section is { } section ? _wire.Section(section.Path) : null, article.Has("section") ? article.GetProperty("section").Text("path") : null, reply);
        Expect(string.Join(' ', newest.Content.PresentTags.Select(tag => _wire.Tag(tag.Name))), TagsOf(article), reply);
    }

    private static string TagsOf(JsonElement article) => string.Join(' ', article.GetProperty("tags").EnumerateArray().Select(tag => $"{tag.Text("kind")}:{tag.Text("slug")}"));

    private static string? Optional(JsonElement element, string member) => element.Has(member) ? element.Text(member) : null;

    private static void Expect<T>(T expected, T found, Reply reply, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(expected))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
            throw new BrokenHistoryException($"{what} is {expected} by the contract, and came as {found}: {reply}");
    }
}
