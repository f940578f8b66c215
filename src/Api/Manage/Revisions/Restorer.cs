using System.Security.Cryptography;
using System.Text.Json;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Articles;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Revisions;

/// <summary>Brings a former revision back as a draft. It takes the way of a PUT with that content, so that every rule is the same.</summary>
internal sealed class Restorer(Push push, SiteOptions site)
{
    public async ValueTask<WriteOutcome> RestoreAsync(WriteSession write, Guid id, long revision, Preconditions preconditions, Caller caller)
    {
        var target = ArticleTarget.By(id);
        var (row, refusal) = await ArticleWriter.FindAsync(write, target, preconditions, caller.Limits, write.Now);
        if (row is null || await write.FindRevisionAsync(row, revision, caller.Limits) is not { } content)
            return write.Refused<WriteOutcome>(new WriteOutcome.NotFound());
        if (refusal is not null)
            return write.Refused(refusal);

        var places = await write.LoadPlacesAsync(content, site.DefaultLanguage, Debut.Past(write.Now));
        var submission = SubmissionOf(target, RevisionContent.Of(content, places).ToInput(ArticleContent.Draft), preconditions, caller);
        return await push.RunAsync(write, submission with { SectionNames = content.Section?.Names });
    }

    private static Submission SubmissionOf(ArticleTarget target, ArticleInput input, Preconditions preconditions, Caller caller) => new()
    {
        Target = target,
        Input = input,
        Blocks = input.Body!.Blocks!,
        Dropped = [],
        InputHash = SHA256.HashData(ContentJson.Write(input))[..16],
        ServerOwned = new Dictionary<string, JsonElement>(),
        CreateMissing = default,
        Preconditions = preconditions,
        KeyId = caller.KeyId,
        MayPublish = caller.May(KeyScope.ContentPublish),
        Limits = caller.Limits,
    };
}
