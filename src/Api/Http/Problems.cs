namespace Galley.Http;

/// <summary>Every problem the API can report, in one list. The same codes stand in the contract; each has a page under <c>/problems</c>.</summary>
internal static class Problems
{
    public const int MaxErrors = 100;

    private static readonly Dictionary<string, Kind> ByCode = new Kind[]
    {
        new("malformed-request", 400, "The request is malformed", "The request line, its path or a header cannot be read. Send paths without empty, \".\" or \"..\" segments."),
        new("invalid-json", 400, "The body is not valid JSON", "Send one JSON text in UTF-8 (RFC 8259), nested at most 32 deep, no member twice in one object. line and column say where reading stopped."),
        new("unknown-parameter", 400, "A query parameter is unknown", "Parameters are never ignored, so that a slip of the pen does not return everything. The errors name each and suggest the nearest valid name."),
        new("invalid-parameter", 400, "A query parameter or header is not valid", "The errors list every parameter and header that is wrong. Several values of one parameter are separated by commas, and a parameter is given once."),
        new("invalid-cursor", 400, "The cursor is not valid", "Use page.next or page.previous of an answer as it stands, with the same filters and sort. Start again without a cursor when the filters change."),
        new("bad-encoding", 400, "The address is not valid UTF-8", "Percent-encode the UTF-8 bytes of the value, once."),
        new("key-in-url", 400, "A key was sent in the address", "Addresses are logged everywhere. Send the key as \"Authorization: Bearer …\", and revoke this one."),
        new("missing-credentials", 401, "A key is needed", "Send \"Authorization: Bearer <key>\"."),
        new("invalid-credentials", 401, "The key is not valid", "It is unknown, revoked or mistyped. A wrong key is never treated as no key."),
        new("insufficient-scope", 403, "The key may not do this", "The key is valid, but lacks the scope that the detail names. Ask whoever made the key."),
        new("outside-constraint", 403, "The key is limited to other content", "The errors name the source, section or language that the key is not for. An article that is outside its limits is 404."),
        new("not-found", 404, "There is nothing here", "The address is unknown, or nothing that you may see stands there."),
        new("method-not-allowed", 405, "The method is not allowed here", "The Allow header lists the methods of this address."),
        new("not-acceptable", 406, "The answer has another media type", "Each address has one media type; leave out Accept, or name the one in the detail."),
        new("request-timeout", 408, "The request took too long to arrive", "Send it again."),
        new("state-conflict", 409, "The present state does not allow this", "The detail says what stands against it. Of an article, state tells where it stands and allowed what can be done with it now."),
        new("slug-taken", 409, "The slug is in use", "Another public article of this language has the slug you chose. Choose another, or leave it out and one is made."),
        new("in-use", 409, "It is still in use", "The detail says what still uses it: articles, sections below it, a key. Change that first."),
        new("request-in-progress", 409, "The same request is still running", "Wait as long as Retry-After says and send it again."),
        new("taken-down", 409, "The article was taken down", "A takedown is final."),
        new("gone", 410, "It was here and is gone", "The article was visible at this address and is not any more. Remove your copy."),
        new("resync-required", 410, "Nobody can go on from this token", "It is too old, or a section or tag in the filters means another now. Begin again without a token; remove what the new snapshot does not hold."),
        new("revision-mismatch", 412, "It has changed", "Somebody wrote after you read. Read it again, apply your change and send the new etag in If-Match."),
        new("already-exists", 412, "It exists already", "If-None-Match: * means create only. Leave it out to replace."),
        new("too-large", 413, "The request is too large", "The detail names the limit."),
        new("uri-too-long", 414, "The address is too long", "Path and query together may have 8 KiB."),
        new("unsupported-media-type", 415, "The body has the wrong media type", "The Accept, Accept-Post or Accept-Patch header of the answer names the right one. Bodies are sent uncompressed."),
        new("validation-failed", 422, "The content is not valid", "errors lists everything that is wrong at once, each with a pointer into the body you sent. Nothing was stored."),
        new("idempotency-key-reused", 422, "The Idempotency-Key was used for another request", "Use a new key for a new request."),
        new("unsafe-target", 422, "The address is not public", "Only public addresses can be called."),
        new("batch-failed", 424, "Another line failed", "In atomic mode one bad line keeps all others from being stored."),
        new("precondition-required", 428, "If-Match is required", "Read the article and send its etag in If-Match, so that nobody's work is lost."),
        new("quota-exceeded", 429, "The quota is used up", "Wait as long as Retry-After says.", "https://iana.org/assignments/http-problem-types#quota-exceeded"),
        new("headers-too-large", 431, "The headers are too large", "All headers together may have 16 KiB."),
        new("internal", 500, "Something broke here", "It is our fault and it is logged. Quote traceId when you report it."),
        new("overloaded", 503, "Too much at once", "Wait as long as Retry-After says and send it again.", "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity"),
        new("storage-unavailable", 503, "The storage does not answer", "Nothing was stored. Send it again later."),
        new("shutting-down", 503, "The server is stopping", "Nothing was stored. Send it again in a moment."),
        new("storage-full", 507, "The disk is full", "Nothing was stored. Reading still works; writing does again when there is space."),
    }.ToDictionary(kind => kind.Code, StringComparer.Ordinal);

    public static IReadOnlyCollection<Kind> Catalogue => ByCode.Values;

    public static Kind? Find(string code) => ByCode.GetValueOrDefault(code);

    public static Problem Of(string code, string? detail = null)
    {
        var kind = ByCode[code];
        return new Problem { Type = kind.Type, Title = kind.Title, Status = kind.Status, Detail = detail ?? kind.Help, Code = code };
    }

    /// <summary>The same bytes for what never was and for what is hidden.</summary>
    public static Problem NotFound() => Of("not-found", "There is nothing at this address.");

    /// <summary>The same bytes whatever the reason.</summary>
    public static Problem Gone() => Of("gone", "The article that was at this address is gone.");

    public static Problem InvalidQuery(IReadOnlyList<InputError> errors)
    {
        var codes = errors.Select(error => error.Code).Distinct().ToList();
        var code = codes is [var only] && Find(only) is { Status: 400 } ? only : "invalid-parameter";
        return Of(code, errors is [var single] ? single.Detail : $"{errors.Count} things are wrong with the query or the headers.").With(errors);
    }

    public static Problem BadCursor() => InvalidQuery([InputError.In("cursor", "invalid-cursor", "cursor is not one of this list: its filters and sort are others, or it was changed.")]);

    public static Problem BadToken(string parameter) => InvalidQuery([InputError.In(parameter, "invalid-cursor", $"{parameter} is no token of these filters and this key, or it was changed.")]);

    public static Problem BadTokenHeader(string header, string fault) => InvalidQuery([InputError.InHeader(header, "invalid-cursor", $"{header} {fault}.")]);

    /// <summary>What the request names that its key is not for.</summary>
    public static Problem Outside(IReadOnlyList<InputError> errors) =>
        Of("outside-constraint", errors is [var single] ? single.Detail : $"{errors.Count} things are outside the key's limits; all are listed.").With(errors);

    public static Problem InvalidContent(IReadOnlyList<InputError> errors) =>
        Of(
            "validation-failed",
            errors is [var single] ? single.Detail : errors.Count > MaxErrors ? $"More than {MaxErrors} things are wrong; {MaxErrors} are listed." : $"{errors.Count} things are wrong; all are listed.").With(errors);

    private static Problem With(this Problem problem, IReadOnlyList<InputError> errors) => problem with
    {
        Errors = [.. errors.Take(MaxErrors)],
        ErrorsTruncated = errors.Count > MaxErrors ? true : null,
    };

    /// <summary>One kind of problem: code, status, title and how to fix it.</summary>
    internal sealed record Kind(string Code, int Status, string Title, string Help, string? RegisteredType = null)
    {
        public string Type => RegisteredType ?? $"/problems/{Code}";
    }
}
