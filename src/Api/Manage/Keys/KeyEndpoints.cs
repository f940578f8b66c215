using Galley.Content;
using Galley.Http;
using Galley.Keys;
using Galley.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Manage.Keys;

/// <summary>API keys: list, make, revoke.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/v1/manage/keys").WithTags("Manage keys").Requires(KeyScope.KeysManage);
        keys.MapGet("/", ListKeys).WithName(nameof(ListKeys)).WithSummary("List keys");
        keys.MapPost("/", CreateKey).WithName(nameof(CreateKey)).WithSummary("Make a key; its secret is shown only in this answer").WithMetadata(BodyLimit.Small);
        keys.MapDelete("/{keyId}", RevokeKey).WithName(nameof(RevokeKey)).WithSummary("Revoke a key, at once and for good");
    }

    /// <remarks>
    /// All keys by id, revoked ones too; never a secret.
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
    /// The answer holds the key itself, this once. Nobody gives away more than they have: a scope that your own key lacks is 403.
    /// </remarks>
    private static async Task<Results<Created<ApiKey>, ForbiddenProblem, RefusedBodyProblem>> CreateKey(Input<KeyInput> input, KeyWriter keys, Writer writer, Caller caller)
    {
        if (input.Problem is { } problem)
            return new RefusedBodyProblem(problem);
        // Nobody gives away more than he has.
        if (input.Value.Scopes.FirstOrDefault(scope => !caller.May(scope)) is { } missing)
            return new ForbiddenProblem(Problems.Of("insufficient-scope", $"Your own key lacks the scope {missing}."));

        var scopes = input.Value.Scopes.Distinct().ToList();
        var (id, key, createdAt) = await writer.WriteAsync(write => keys.MakeAsync(write, input.Value.Label, scopes));
        return TypedResults.Created($"/v1/manage/keys/{id}", new ApiKey { Id = id, Label = input.Value.Label, Scopes = scopes, CreatedAt = createdAt, Key = key });
    }

    /// <remarks>
    /// It works no more from now on, and never again. 404 for a key that was revoked before.
    /// </remarks>
    private static async Task<Results<NoContent, NotFoundProblem>> RevokeKey(string keyId, Writer writer) =>
        await writer.WriteAsync(write => KeyWriter.RevokeAsync(write, keyId)) ? TypedResults.NoContent() : new NotFoundProblem();
}

/// <summary>The query of the list of keys.</summary>
internal sealed record KeyListQuery(int Limit, string? Cursor) : IQuery<KeyListQuery>
{
    public static IReadOnlyList<QueryParameter> Parameters => [QueryParameter.Limit, QueryParameter.Cursor];

    public static KeyListQuery Read(QueryReader reader) => new(reader.Integer(QueryParameter.Limit) ?? 20, reader.Text(QueryParameter.Cursor));
}

/// <summary>Reads the list of keys, by id.</summary>
internal sealed class KeyListReader(Database database, CursorSeal seal)
{
    private const string List = "keys";

    public async ValueTask<Page<ApiKey>?> ListAsync(KeyListQuery query, CancellationToken cancel)
    {
        var cursor = query.Cursor is null ? null : seal.Read(query.Cursor, List);
        if (query.Cursor is not null && cursor is null)
            return null;

        using var session = await database.ReadAsync(cancel);
        var rows = await session.ListAsync<KeyRow>(
            cursor?.IsBackward == true
                ? "select id, label, scopes, created_at, revoked_at from api_key where id < @after order by id desc limit @take + 0"
                : "select id, label, scopes, created_at, revoked_at from api_key where id > @after order by id limit @take + 0",
            new { after = cursor?.Place ?? string.Empty, take = query.Limit + 1 });

        return Paging.PageOf(rows, query.Limit, cursor, row => row.ToApiKey(), row => row.Id, place => seal.Write(place, List));
    }

    private sealed class KeyRow
    {
        public string Id { get; init; } = string.Empty;

        public string? Label { get; init; }

        public string Scopes { get; init; } = string.Empty;

        public long CreatedAt { get; init; }

        public long? RevokedAt { get; init; }

        public ApiKey ToApiKey() => new()
        {
            Id = Id,
            Label = Label,
            Scopes = Scopes.Split(' '),
            CreatedAt = new Instant(CreatedAt),
            RevokedAt = RevokedAt is { } revokedAt ? new Instant(revokedAt) : null,
        };
    }
}
