using Galley.Content;
using Galley.Http;
using Galley.Keys;
using Galley.Storage;

namespace Galley.Manage.Keys;

/// <summary>Makes, rotates, ends and revokes keys for a caller, inside the writer: who asks, and what is there, is looked at in the same transaction.</summary>
internal sealed class KeyChange(KeyWriter keys)
{
    public async ValueTask<KeyOutcome> CreateAsync(WriteSession write, KeyInput input, Caller caller)
    {
        var scopes = input.Scopes.Distinct().ToList();
        var (limits, unknown) = await KeyGrants.ResolveAsync(write, input.Limits);
        if (await KeyGrants.RefuseAsync(write, caller, scopes, limits) is { } refusal)
            return write.Refused<KeyOutcome>(new KeyOutcome.Refused(refusal));

        List<InputError> errors = [.. CheckEnd(input.ExpiresAt, caller, write.Now), .. unknown];
        if (errors.Count > 0)
            return write.Refused<KeyOutcome>(new KeyOutcome.Refused(Problems.InvalidContent(errors)));

        var (id, key, _) = await keys.MakeAsync(write, input.Label, scopes, limits, input.ExpiresAt);
        return await DoneAsync(write, id, Audited.Created, key);
    }

    public ValueTask<KeyOutcome> RotateAsync(WriteSession write, string id, Input<RotateInput> input, Caller caller) => ChangeAsync(write, id, caller, async row =>
    {
        if (OutlivingOf(row, caller) is { } refusal)
            return write.Refused<KeyOutcome>(new KeyOutcome.Refused(refusal));

        return input.Problem is { } problem
            ? write.Refused<KeyOutcome>(new KeyOutcome.Refused(problem))
            : await DoneAsync(write, id, Audited.Updated, await keys.RotateAsync(write, id, input.Value.PreviousExpiresAt));
    });

    public static ValueTask<KeyOutcome> EndPreviousAsync(WriteSession write, string id, Caller caller) => ChangeAsync(write, id, caller, async row =>
    {
        if (!row.HasPrevious(write.Now))
            return write.Refused<KeyOutcome>(new KeyOutcome.NotFound());

        await KeyWriter.EndPreviousAsync(write, id);
        return await DoneAsync(write, id, Audited.Updated);
    });

    public static ValueTask<KeyOutcome> RevokeAsync(WriteSession write, string id, Caller caller) => ChangeAsync(write, id, caller, async _ =>
    {
        await KeyWriter.RevokeAsync(write, id);
        return await DoneAsync(write, id, Audited.Revoked);
    });

    // A key that works no more has nothing left to change.
    private static async ValueTask<KeyOutcome> ChangeAsync(WriteSession write, string id, Caller caller, Func<KeyRow, ValueTask<KeyOutcome>> change)
    {
        if (await write.FindKeyAsync(id) is not { } row || !row.IsLive(write.Now))
            return write.Refused<KeyOutcome>(new KeyOutcome.NotFound());

        return await KeyGrants.RefuseAsync(write, caller, row.ScopeList, row.Limits) is { } refusal
            ? write.Refused<KeyOutcome>(new KeyOutcome.Refused(refusal))
            : await change(row);
    }

    // A key that ends must not live on in one that it made.
    private static IEnumerable<InputError> CheckEnd(Instant? end, Caller caller, Instant now)
    {
        if (end <= now)
            yield return InputError.At("/expiresAt", "out-of-range", "expiresAt has passed already.");
        else if (caller.ExpiresAt is { } own && !(end <= own))
            yield return InputError.At("/expiresAt", "out-of-range", $"Your own key ends at {own}, and one that it makes ends no later.");
    }

    // Nor in one that it renewed: the new secret would be its own for longer than it is.
    private static Problem? OutlivingOf(KeyRow row, Caller caller) => caller.ExpiresAt is { } own && row.Id != caller.KeyId && !(row.ExpiresAt <= own.Milliseconds)
        ? Problems.Of("outside-constraint", $"Your own key ends at {own}, and it renews none that ends later.")
        : null;

    private static async ValueTask<KeyOutcome> DoneAsync(WriteSession write, string id, string what, string? key = null) =>
        new KeyOutcome.Done(await KeyAnswers.OfAsync(write, (await write.FindKeyAsync(id))!, write.Now) with { Key = key }, what);
}

/// <summary>What a change of a key can come to.</summary>
internal abstract record KeyOutcome : IAudited
{
    public Audited? Audited => this is Done(var key, var what) ? new Audited("key", key.Id, what) : null;

    /// <summary>The same without the secret, which is told once.</summary>
    public KeyOutcome WithoutSecret() => this is Done({ Key: not null } key, var what) ? new Done(key with { Key = null, SecretWithheld = true }, what) : this;

    /// <summary>The key as it is now, and what was done with it.</summary>
    public sealed record Done(ApiKey Key, string What) : KeyOutcome;

    public sealed record NotFound : KeyOutcome;

    public sealed record Refused(Problem Problem) : KeyOutcome;
}
