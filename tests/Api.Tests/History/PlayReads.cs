using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.History;

/// <summary>Reading, and what readers must find.</summary>
internal sealed partial class Play
{
    private async Task LookAsync()
    {
        await FinishRerenderingAsync();
        foreach (var story in _model.Stories)
            await CompareAsync(story);
        await GlanceAsync();
        foreach (var tag in _model.Taxonomy.Tags.Where(tag => tag.MergedInto is null))
        {
            var reply = await ReadTagAsync(tag.Name);
            Expect(_model.Exists(tag) ? 200 : 404, reply.Status, reply);
        }

        await _bench.SettleAsync();
        await CompareLogAsync();
    }

    private async Task GlanceAsync()
    {
        foreach (var following in _followers.Select(follower => follower.Following).Where(following => following.Limits is null).Append(Following.All[0]).Distinct())
            await CompareListAsync(following);
        foreach (var section in _model.Taxonomy.Sections)
            await CompareAsync(section);
    }

    private Task<Reply> ReadTagAsync(string tag) => _bench.ReadAsync($"/v1/tags/{_wire.Tag(tag).Replace(':', '/')}");

    private async Task CompareAsync(Story story)
    {
        var managed = await _bench.SendAsync(HttpMethod.Get, $"/v1/manage/articles/{story.Id}");
        Expect(story.IsDeleted ? 404 : 200, managed.Status, managed);
        if (!story.IsDeleted)
            CompareManaged(story, managed);

        var reply = await _bench.ReadAsync($"/v1/articles/{story.Id}");
        Expect(story.Live is not null ? 200 : story.WasVisible ? 410 : 404, reply.Status, reply);
        if (story.Live is { } live)
            CompareShown(story, live, reply);
    }

    private void CompareShown(Story story, Edition live, Reply reply)
    {
        var (article, content) = (reply.Json, live.Content);
        Expect(story.Version, article.Number("version"), reply);
        Expect(content.Headline, article.Text("headline"), reply);
        Expect(content.Language, article.Text("language"), reply);
        Expect(content.Section is { } section ? _wire.Section(section.Path) : null, article.Has("section") ? article.GetProperty("section").Text("path") : null, reply);
        Expect($"{content.Language}/{(content.Section is { } above ? $"{_wire.Section(above.Path)}/" : string.Empty)}{article.Text("slug")}", article.Text("path"), reply);
        Expect(string.Join(' ', content.PresentTags.Select(tag => _wire.Tag(tag.Name))), TagsOf(article), reply);
        Expect(_wire.At(live.PublishedAt), article.Text("publishedAt"), reply);
        Expect(_wire.At(story.UpdatedAt), article.Text("updatedAt"), reply);
        Expect(_wire.At(story.FirstPublishedAt), article.Text("firstPublishedAt"), reply);
        Expect(_wire.At(content.ExpiresAt), Optional(article, "expiresAt"), reply);
        Expect(live.BreakingUntil > _model.Now, article.Flag("breaking"), reply);
        Expect(story.Corrections.Count, article.Has("corrections") ? article.GetProperty("corrections").GetArrayLength() : 0, reply);
        Expect(string.Join(' ', _model.TranslationsOf(story).Select(each => each.Id)), IdsOf(article, "translations"), reply);
        Expect(string.Join(' ', _model.RelatedOf(story).Select(each => each.Id)), IdsOf(article, "related"), reply);
    }

    private static string IdsOf(JsonElement article, string member) =>
        article.Has(member) ? string.Join(' ', article.GetProperty(member).EnumerateArray().Select(each => each.Text("id"))) : string.Empty;

    private async Task CompareListAsync(Following following)
    {
        var filter = _wire.Filter(following.Filter);
        var newest = await _bench.ReadAsync($"/v1/articles?limit=100&{filter}".TrimEnd('&'));
        var found = newest.Json.Data();
        var expected = _model.Visible.Where(story => following.Lets(_model.Taxonomy, story)).ToList();
        Expect(Sorted(expected.Select(story => story.Id)), Sorted(found.Select(card => card.Text("id"))), newest);
        Expect(string.Join(' ', expected.Select(story => _wire.At(story.Live!.PublishedAt))), string.Join(' ', found.Select(card => card.Text("publishedAt"))), newest);

        var oldest = await _bench.ReadAsync($"/v1/articles?limit=100&sort=oldest&{filter}".TrimEnd('&'));
        Expect(string.Join(' ', found.Select(card => card.Text("id")).Reverse()), string.Join(' ', oldest.Json.Ids()), oldest);
    }

    private async Task CompareAsync(Section section)
    {
        var reply = await _bench.ReadAsync($"/v1/sections/{_wire.Section(section.Path)}");
        // Where a section stood before, another address answers. One that only pushes made is there until all have been carried out of it.
        if (!_isUnderWay)
            Expect(_model.Exists(section), reply.Status == 200, reply);
        if (reply.Status == 200)
            Expect(_model.CountIn(section), reply.Json.Number("articleCount"), reply);
    }

    private async Task CompareAsync(Follower follower)
    {
        var list = await _bench.ReadAsync(follower.List, follower.Key);
        Expect(Sorted(_model.Visible.Where(story => follower.Following.Lets(_model.Taxonomy, story)).Select(story => story.Id)), Sorted(list.Json.Ids()), list);
        if (Sorted(list.Json.Ids()) is var listed && listed != Sorted(follower.Articles.Keys))
            throw new BrokenHistoryException($"The copy of {follower.Following} holds {Sorted(follower.Articles.Keys)}, and the list {listed}.");

        foreach (var (id, article) in follower.Articles)
        {
            var reply = await _bench.ReadAsync($"/v1/articles/{id}", follower.Key);
            if (System.Text.Encoding.UTF8.GetString(reply.Body) != article)
                throw new BrokenHistoryException($"The copy of {follower.Following} has\n{article}\nand readers see\n{reply}");
        }
    }

    private static string Sorted(IEnumerable<string> ids) => string.Join(' ', ids.Order(StringComparer.Ordinal));
}
