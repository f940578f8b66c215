using System.Globalization;

namespace Galley.Tests.Keys.Matrix;

/// <summary>What the policy says of one cell: a row of it, a caller, and what stands there.</summary>
internal static class Verdict
{
    /// <summary>The expected status, and for a refusal its code.</summary>
    public static string Of(Policy row, Principal caller, Subject at, bool isReadingOpen)
    {
        if (row.Door == Door.Open)
            return Outcome(row, caller, at);

        if (Unauthorised(row, caller, isReadingOpen) is { } refused)
            return refused;

        return row.Door == Door.Readers ? OfReading(row, caller, at) : OfManagement(row, caller, at);
    }

    // A key that is not for reading reads what anybody does.
    private static string OfReading(Policy row, Principal caller, Subject at)
    {
        var isLimited = caller.IsLimited && caller.May("content:read");
        return isLimited && row.Limited == Limited.Closed ? "403 outside-constraint"
            : isLimited && row.Limited == Limited.ById && !caller.IsFor(Place.Home) ? "404 not-found"
            : Outcome(row, caller, at);
    }

    private static string? Unauthorised(Policy row, Principal caller, bool isReadingOpen)
    {
        var isForAnybody = row.Door == Door.Readers && isReadingOpen;
        var scopes = row.Door == Door.Readers ? ["content:read"] : row.AnyOf;
        return caller.Credentials switch
        {
            Credentials.None => isForAnybody ? null : "401 missing-credentials",
            Credentials.Wrong => "401 invalid-credentials",
            Credentials.Basic when row.Door == Door.Keys => "401 invalid-credentials",
            _ => isForAnybody || scopes.Any(caller.May) ? null : "403 insufficient-scope",
        };
    }

    // The order of checks: scope, what the request names, existence, preconditions, content.
    private static string OfManagement(Policy row, Principal caller, Subject at)
    {
        if (row.Limited == Limited.Closed && caller.IsLimited)
            return "403 outside-constraint";
        if (row.Limited == Limited.BySource && !caller.IsForSource(Place.Home.Source))
            return "403 outside-constraint";
        if (row.Also is { } also && !caller.May(also))
            return "403 insufficient-scope";
        if (row.NeedsCover && (row.States == Subject.AnyState || at.IsLiveKey) && Uncovered(caller, at) is { } uncovered)
            return uncovered;
        if (row.Limited is Limited.ById or Limited.BySource && at.IsArticle && !caller.IsFor(Place.Home))
            return "404 not-found";

        var outcome = Outcome(row, caller, at);
        var isOfContent = outcome.StartsWith('2');
        return isOfContent && row.Puts is { } place && !caller.IsFor(place) ? "403 outside-constraint"
            : isOfContent && row.MakesTaxonomy && !caller.May("taxonomy:write") ? "422 validation-failed"
            : outcome;
    }

    private static string? Uncovered(Principal caller, Subject at)
    {
        var (mayAll, mayWrite) = (caller.Scopes.Count == 10, caller.May("content:write"));
        if (at.State == "key that may do everything" ? !mayAll : !mayWrite)
            return "403 insufficient-scope";

        return caller.IsLimited ? "403 outside-constraint" : null;
    }

    private static string Outcome(Policy row, Principal caller, Subject at) => row.OutcomeFor(at.State) switch
    {
        "404" => "404 not-found",
        "410" => "410 gone",
        "state" => "409 state-conflict",
        "taken" => "409 taken-down",
        "publish" => caller.May("content:publish") ? "200" : "403 insufficient-scope",
        var status => int.Parse(status, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
    };
}
