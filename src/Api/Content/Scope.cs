namespace Galley.Content;

/// <summary>Anything a list can be filtered by: one integer, the leading column of <c>listing</c>.</summary>
/// <remarks>
/// Internal ids, not names, so that a rename touches no row. The id is in the high bits: small ids stay small integers in the file. Language is a column of
/// the listing, not a part of every scope: that halves the rows of an article, and only the whole site is also kept apart by language.
/// </remarks>
internal readonly record struct Scope(long Packed)
{
    private const int KindBits = 4;

    private enum Kind
    {
        All = 0,
        SectionTree = 1,
        SectionOnly = 2,
        Tag = 3,
        Source = 4,
        Breaking = 5,
        Urgency = 6,

        // What a partner may have (syndication): reserved, so that stored scopes keep their meaning.
        Product = 7,
    }

    /// <summary>The whole site.</summary>
    public static readonly Scope All = Pack(Kind.All, 0);

    public static readonly Scope Breaking = Pack(Kind.Breaking, 0);

    /// <summary>What a name stands for that nothing has: ids begin at 1, so nothing ever stands here.</summary>
    public static readonly Scope Nowhere = Pack(Kind.Tag, 0);

    /// <summary>The whole site in one language.</summary>
    public static Scope AllIn(long languageId) => Pack(Kind.All, languageId);

    /// <summary>A section with everything below it.</summary>
    public static Scope SectionTree(long sectionId) => Pack(Kind.SectionTree, sectionId);

    /// <summary>A section without its descendants.</summary>
    public static Scope SectionOnly(long sectionId) => Pack(Kind.SectionOnly, sectionId);

    public static Scope Tag(long tagId) => Pack(Kind.Tag, tagId);

    public static Scope Source(long sourceId) => Pack(Kind.Source, sourceId);

    public static Scope Urgency(int urgency) => Pack(Kind.Urgency, urgency);

    /// <summary>Whether readers are told how many articles stand here: the whole site, and each section with its descendants.</summary>
    public bool HasShownCount => this == All || KindOf == Kind.SectionTree;

    /// <summary>The section whose tree this is, if it is one.</summary>
    public long? SectionId => KindOf == Kind.SectionTree ? Packed >> KindBits : null;

    /// <summary>The tag that this is, if it is one.</summary>
    public long? TagId => KindOf == Kind.Tag ? Packed >> KindBits : null;

    private Kind KindOf => (Kind)(Packed & ((1 << KindBits) - 1));

    private static Scope Pack(Kind kind, long id) => new((id << KindBits) | (long)kind);
}
