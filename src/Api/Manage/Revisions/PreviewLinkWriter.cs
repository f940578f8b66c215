using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Manage.Revisions;

/// <summary>Makes and revokes links to previews, inside the writer.</summary>
internal sealed class PreviewLinkWriter(PreviewTokens tokens, Randomness randomness, PublicUrl url)
{
    private const int IdLength = 12;

    public async ValueTask<PreviewLinkOutcome> MakeAsync(WriteSession write, Guid articleId, Input<PreviewLinkInput> input, Caller caller)
    {
        if (await write.FindArticleAsync(articleId, caller, write.Now) is not { } row)
            return write.Refused<PreviewLinkOutcome>(new PreviewLinkOutcome.NotFound());
        if (row.State == ArticleState.TakenDown)
            return write.Refused<PreviewLinkOutcome>(new PreviewLinkOutcome.TakenDown());
        if (input.Problem is { } problem)
            return write.Refused<PreviewLinkOutcome>(new PreviewLinkOutcome.Invalid(problem));

        var revision = input.Value.Revision ?? row.WorkingRevision;
        if (await write.FindRevisionAsync(row, revision, caller.Limits) is null)
            return write.Refused<PreviewLinkOutcome>(new PreviewLinkOutcome.Invalid(Problems.InvalidContent([InputError.At("/revision", "invalid-value", "The article has no such revision.")])));

        var (id, token) = (randomness.NewText(IdLength), tokens.Make());
        var expiresAt = write.Now.Plus(TimeSpan.FromSeconds(input.Value.Ttl ?? PreviewLinkInput.DefaultTtl));
        await write.ForgetExpiredPreviewsAsync();
        await write.AddPreviewAsync(id, tokens.HashOf(token), new PreviewRow { ArticleId = row.Id, Revision = revision }, caller.KeyId, expiresAt);
        return new PreviewLinkOutcome.Made(articleId, new PreviewLink { Id = id, Url = $"{url.Base}/preview/{token}", Revision = revision, ExpiresAt = expiresAt });
    }

    public static async ValueTask<PreviewLinkOutcome> RevokeAsync(WriteSession write, Guid articleId, string linkId, Caller caller) =>
        await write.FindArticleAsync(articleId, caller, write.Now) is { } row && await write.RevokePreviewAsync(row.Id, linkId)
            ? new PreviewLinkOutcome.Revoked(articleId, linkId)
            : write.Refused<PreviewLinkOutcome>(new PreviewLinkOutcome.NotFound());
}

/// <summary>What making or revoking a link can come to.</summary>
internal abstract record PreviewLinkOutcome : IAudited
{
    public Audited? Audited => this switch
    {
        Made(var articleId, var link) => new Audited("preview-link", $"{articleId}/{link.Id}", Audited.Created) { ToRevision = link.Revision },
        Revoked(var articleId, var linkId) => new Audited("preview-link", $"{articleId}/{linkId}", Audited.Revoked),
        _ => null,
    };

    /// <summary>The same without the address, which is told once.</summary>
    public PreviewLinkOutcome WithoutSecret() => this is Made(var articleId, var link) ? new Made(articleId, link with { Url = null, SecretWithheld = true }) : this;

    public sealed record Made(Guid ArticleId, PreviewLink Link) : PreviewLinkOutcome;

    public sealed record Revoked(Guid ArticleId, string LinkId) : PreviewLinkOutcome;

    public sealed record NotFound : PreviewLinkOutcome;

    public sealed record TakenDown : PreviewLinkOutcome;

    public sealed record Invalid(Problem Problem) : PreviewLinkOutcome;
}
