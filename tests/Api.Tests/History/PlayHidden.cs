using System.Globalization;
using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.History;

/// <summary>What no reader can notice changes no public byte.</summary>
internal sealed partial class Play
{
    private string? _since;

    private async Task UnnoticedAsync(Command command)
    {
        // What is carried into an article may be carried earlier because somebody writes it.
        await FinishRerenderingAsync();
        var ids = _model.Stories.Select(story => story.Id).Append(Model.Nobody).ToList();
        var (expected, before) = (NoticeableState(), await PublicBytesAsync(ids));
        await WriteAsync(command);
        if (NoticeableState() == expected && await PublicBytesAsync(ids) is var after && after != before)
            throw new BrokenHistoryException($"Nobody may notice this, and from\n{before}\nit became\n{after}");
    }

    // All of the model that readers may know.
    private string NoticeableState()
    {
        var state = new StringBuilder();
        foreach (var story in _model.Stories.Where(story => story.WasVisible))
        {
            state.Append(CultureInfo.InvariantCulture, $"{story.Id} {story.Version} {story.UpdatedAt} {story.Corrections.Count} {story.IsTakenDown} {story.IsDeleted} {story.State == "live"} ");
            if (story.Live is { Content: var content } live)
                state.Append(CultureInfo.InvariantCulture, $"{content.ExpiresAt} {live.BreakingUntil} {string.Join(',', _model.TranslationsOf(story).Concat(_model.RelatedOf(story)).Select(each => each.Id))}");
            state.AppendLine();
        }

        foreach (var section in _model.Taxonomy.Sections.Where(_model.Exists))
            state.AppendLine(CultureInfo.InvariantCulture, $"{section} {section.IsByHand} {section.Words}");
        foreach (var tag in _model.Taxonomy.Tags.Distinct().Where(_model.Exists))
            state.AppendLine(CultureInfo.InvariantCulture, $"{tag} {tag.IsByHand} {tag.Words} {tag.Present}");
        return state.Append(_model.Log.Count).Append(' ').Append(_model.Taxonomy.Changes).ToString();
    }

    private async Task<string> PublicBytesAsync(IReadOnlyList<string> ids)
    {
        _since ??= (await _bench.ReadAsync("/v1/changes")).Json.Text("next");
        var bytes = new StringBuilder();
        var addresses = new[] { "/v1/articles", "/v1/articles?sort=oldest", $"/v1/changes?since={_since}", _wire.Filter("/v1/articles?section=§a&tags=-#t0"), _wire.Filter("/v1/sections/§a"), _wire.Filter("/v1/sections/§a/x") }
            // All of the tree, with the sections of every history before: seldom.
            .Concat(_readsTree ? ["/v1/section-tree"] : [])
            .Concat(ids.Select(id => $"/v1/articles/{id}")).Concat(new[] { "t0", "t1", "t2" }.Select(tag => $"/v1/tags/{_wire.Tag(tag).Replace(':', '/')}"));
        foreach (var address in addresses)
        {
            var reply = await _bench.ReadAsync(address);
            bytes.AppendLine(reply.Status >= 400 ? $"{address}: {reply.Status}" : reply.ToString());
        }

        return bytes.ToString();
    }
}
