namespace Galley.Http.OpenApi;

/// <summary>The codes inside problems and answers, with what they mean. Those of problems themselves stand in <see cref="Problems"/>.</summary>
internal static class OpenApiCodes
{
    /// <summary>What can be wrong with one member, parameter or header.</summary>
    public static readonly IReadOnlyList<(string Code, string Meaning)> Errors =
    [
        ("bad-character", "The text holds a control character, half a surrogate pair or a noncharacter."),
        ("bad-encoding", "A parameter is not UTF-8, percent-encoded once."),
        ("duplicate", "Something that must be unique stands there twice."),
        ("invalid-cursor", "The cursor is not one of this list."),
        ("invalid-header", "A request header has not the form it needs."),
        ("invalid-instant", "Not RFC 3339 with an offset, or not of the years 1700 to 2200."),
        ("invalid-language", "Not a BCP 47 language tag."),
        ("invalid-parameter", "A query parameter has not the form or value it needs, is empty, or is given twice."),
        ("invalid-url", "Not an absolute URL of a scheme that is allowed here, or, for an alias, no path either."),
        ("invalid-value", "Not one of the values or forms that are allowed."),
        ("out-of-range", "Below or above what is allowed; `limit` holds the bound that was passed."),
        ("outside-constraint", "The key is not for this source, section or language."),
        ("overlap", "Two marks of one type overlap."),
        ("read-only", "The server decides this member; it was sent with another value than it has."),
        ("required", "Something that must be there is missing, `null` or blank."),
        ("too-deep", "Nested deeper than `limit`."),
        ("too-long", "The text is longer than `limit` UTF-16 code units."),
        ("too-many", "There are more than `limit` entries."),
        ("translation-taken", "Another article of this source has the same `translationKey` and language."),
        ("unknown-member", "There is no member of this name here; `suggestion` holds the nearest one."),
        ("unknown-parameter", "There is no query parameter of this name here; `suggestion` holds the nearest one."),
        ("unknown-section", "No such section. Make it first, or send `createMissing=sections` with a key that may."),
        ("unknown-tag", "No such tag. Make it first, or send `createMissing=tags` with a key that may."),
        ("wrong-type", "The JSON type is another one than the member has."),
    ];

    /// <summary>What a sender should look at, although the write was accepted.</summary>
    public static readonly IReadOnlyList<(string Code, string Meaning)> Warnings =
    [
        ("canonical-url-shared", "Another visible article of the language has the same canonical URL; `by-url` finds the newer one."),
        ("dropped-element", "Something in HTML or Markdown is dangerous or has no block; `detail` says what was dropped and how often."),
        ("gap-ahead", "What readers see now ends before the update that was scheduled begins; in between they see nothing."),
        ("image-without-alt", "An image has no alt text: those who do not see it get nothing."),
        ("image-without-credit", "An image has no credit."),
        ("live-unchanged", "The draft is stored; readers keep what they have until the next publication."),
        ("long-headline", "The headline has more than 110 characters."),
        ("overwrote-edit", "Somebody else's revision or transition was the newest one; it is replaced, and kept in the history."),
        ("pending-dropped", "An update that was scheduled is dropped."),
        ("related-missing", "A related article does not exist yet; it appears when it does."),
        ("repeated-standfirst", "The standfirst equals the first paragraph."),
        ("slug-changed", "The article's slug is another one than was asked for: it was brought into the form of a slug, or another article has it and six characters of the article's own id were added."),
        ("unknown-language", "The article's language is none that exists, such as `jp` for `ja`: the names of its new tags would stand under it."),
    ];
}
