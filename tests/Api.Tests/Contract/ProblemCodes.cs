namespace Galley.Tests.Contract;

/// <summary>The problem codes as the design fixes them, by status: a copy on purpose, so that a change in the code alone does not pass.</summary>
internal static class ProblemCodes
{
    private const string List = """
        400 malformed-request invalid-json unknown-parameter invalid-parameter invalid-cursor bad-encoding key-in-url
        401 missing-credentials invalid-credentials
        403 insufficient-scope outside-constraint
        404 not-found
        405 method-not-allowed
        406 not-acceptable
        408 request-timeout
        409 state-conflict slug-taken in-use request-in-progress taken-down
        410 gone resync-required
        412 revision-mismatch already-exists
        413 too-large
        414 uri-too-long
        415 unsupported-media-type
        422 validation-failed idempotency-key-reused unsafe-target
        424 batch-failed
        428 precondition-required
        429 quota-exceeded
        431 headers-too-large
        500 internal
        503 overloaded storage-unavailable shutting-down
        507 storage-full
        """;

    /// <summary>Each code with its status.</summary>
    public static IReadOnlyDictionary<string, int> Statuses { get; } = List.Split('\n')
        .Select(line => line.Split(' '))
        .SelectMany(line => line.Skip(1).Select(code => (Code: code, Status: int.Parse(line[0], System.Globalization.CultureInfo.InvariantCulture))))
        .ToDictionary(pair => pair.Code, pair => pair.Status, StringComparer.Ordinal);

    /// <summary>The page that says how to fix it, or the registered type.</summary>
    public static string TypeOf(string code) => code switch
    {
        "quota-exceeded" => "https://iana.org/assignments/http-problem-types#quota-exceeded",
        "overloaded" => "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity",
        _ => $"/problems/{code}",
    };
}
