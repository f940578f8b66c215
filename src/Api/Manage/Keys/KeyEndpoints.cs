using System.Diagnostics;
using Galley.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Manage.Keys;

/// <summary>API keys: list, get, make, rotate, revoke.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/v1/manage/keys").WithTags("Manage keys").Requires(KeyScope.KeysManage).WithinLimits();
        keys.MapGet("/", ListKeys).WithName(nameof(ListKeys)).WithSummary("List keys");
        keys.MapPost("/", CreateKey).WithName(nameof(CreateKey)).WithSummary("Make a key; its secret is shown only in this answer").WithMetadata(BodyLimit.Small);
        keys.MapGet("/{keyId}", GetKey).WithName(nameof(GetKey)).WithSummary("Get a key, without its secret");
        keys.MapDelete("/{keyId}", RevokeKey).WithName(nameof(RevokeKey)).WithSummary("Revoke a key, at once and for good");
        keys.MapPost("/{keyId}/rotate", RotateKey).WithName(nameof(RotateKey)).WithSummary("Give a key a new secret, beside the present one").WithMetadata(BodyLimit.Small);
        keys.MapDelete("/{keyId}/previous", EndPreviousSecret).WithName(nameof(EndPreviousSecret)).WithSummary("End the secret that was there before the last rotation");
    }

    /// <remarks>
    /// All keys by id, revoked and expired ones too; never a secret.
    /// </remarks>
    private static async Task<Results<Ok<Page<ApiKey>>, BadRequestProblem>> ListKeys(
        Query<KeyListQuery> query, KeyListReader keys, ListLinks links, HttpContext context, CancellationToken cancel)
    {
        if (await keys.ListAsync(query.Value, cancel) is not { } page)
            return new BadRequestProblem(Problems.BadCursor());

        context.Response.Headers.Link = links.HeaderOf(context, page.Links);
        return TypedResults.Ok(page);
    }

    /// <remarks>
    /// The answer holds the key itself, this once. Nobody gives away more than they have: a scope that your own key lacks is 403 `insufficient-scope`, wider limits are 403 `outside-constraint`, and a key that ends makes none that ends later.
    ///
    /// **Limits** say which articles the key is for. Any other article is not there for it (404): by its newest revision, and by what readers see of it or will. What a request itself names – a source in its address; the language or section of the article in its body – and the key is not for is 403 `outside-constraint`, with `errors`. `createMissing=sections` makes sections below its own only. Operations that are about more than one article are closed to it (403 `outside-constraint`).
    ///
    /// With `content:read` they bind reading too: articles outside are in no list, 404 at every address, and named by no other article; 410 is told of those that were within. Sections and tags, which count and name what all readers see, are closed to such a key (403 `outside-constraint`).
    /// A key without `content:read` reads what anybody does, where reading needs no key. With a scope that no limit divides, such as `ops`, limits are 422.
    /// </remarks>
    private static async Task<Results<Created<ApiKey>, ForbiddenProblem, RefusedBodyProblem>> CreateKey(Input<KeyInput> input, KeyChange keys, Writing writing, Caller caller)
    {
        if (input.Problem is { } problem)
            return new RefusedBodyProblem(problem);

        return await writing.AnswerAsync(write => keys.CreateAsync(write, input.Value, caller), Made, outcome => outcome.WithoutSecret());
    }

    /// <remarks>
    /// Whether it works or not.
    /// </remarks>
    private static async Task<Results<Ok<ApiKey>, NotFoundProblem>> GetKey(string keyId, KeyListReader keys, CancellationToken cancel) =>
        await keys.FindAsync(keyId, cancel) is { } key ? TypedResults.Ok(key) : new NotFoundProblem();

    /// <remarks>
    /// It works no more from now on, with none of its secrets, and never again. 404 for a key that works no more already; 403 for one that may do more than your own.
    /// </remarks>
    private static async Task<Results<NoContent, ForbiddenProblem, NotFoundProblem>> RevokeKey(string keyId, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => KeyChange.RevokeAsync(write, keyId, caller), Ended);

    /// <remarks>
    /// The answer holds the new secret, this once. The one before it goes on working, so that nothing stands still while you hand out the new one: until `previousExpiresAt`, until you end it, or until the next rotation – there are never more than two.
    /// After a leak send a `previousExpiresAt` that has passed. Scopes, limits and end stay as they are. 404 for a key that works no more; 403 for one that may do more than your own.
    /// </remarks>
    private static async Task<Results<Ok<ApiKey>, ForbiddenProblem, NotFoundProblem, RefusedBodyProblem>> RotateKey(
        string keyId, Input<RotateInput> input, KeyChange keys, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => keys.RotateAsync(write, keyId, input, caller), Rotated, outcome => outcome.WithoutSecret());

    /// <remarks>
    /// At once; the newest secret stays. 404 where there is only one.
    /// </remarks>
    private static async Task<Results<NoContent, ForbiddenProblem, NotFoundProblem>> EndPreviousSecret(string keyId, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => KeyChange.EndPreviousAsync(write, keyId, caller), Ended);

    private static Results<Created<ApiKey>, ForbiddenProblem, RefusedBodyProblem> Made(KeyOutcome outcome) => outcome switch
    {
        KeyOutcome.Done(var key, _) => TypedResults.Created($"/v1/manage/keys/{key.Id}", key),
        KeyOutcome.Refused({ Status: StatusCodes.Status403Forbidden } forbidden) => new ForbiddenProblem(forbidden),
        KeyOutcome.Refused(var invalid) => new RefusedBodyProblem(invalid),
        var unknown => throw new UnreachableException($"Unhandled outcome {unknown}."),
    };

    private static Results<Ok<ApiKey>, ForbiddenProblem, NotFoundProblem, RefusedBodyProblem> Rotated(KeyOutcome outcome) => outcome switch
    {
        KeyOutcome.Done(var key, _) => TypedResults.Ok(key),
        KeyOutcome.Refused({ Status: StatusCodes.Status403Forbidden } forbidden) => new ForbiddenProblem(forbidden),
        KeyOutcome.Refused(var invalid) => new RefusedBodyProblem(invalid),
        _ => new NotFoundProblem(),
    };

    private static Results<NoContent, ForbiddenProblem, NotFoundProblem> Ended(KeyOutcome outcome) => outcome switch
    {
        KeyOutcome.Done => TypedResults.NoContent(),
        KeyOutcome.Refused(var refusal) => new ForbiddenProblem(refusal),
        _ => new NotFoundProblem(),
    };
}
