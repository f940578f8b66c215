using Dapper;
using Galley.Content;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>What is true of every database file that a server has left behind, however it ended.</summary>
internal static class Invariants
{
    // What was cut off cannot be compared.
    private const string IsLogWhole = "(select value from counter where name = 'change_floor') = 0";

    private const string LastNow = "(select value from counter where name = 'last_now')";

    /// <summary>What <c>edition.slots</c> has where there are related articles: <c>SlotKinds.Related</c> of a folder that is not seen from here.</summary>
    public const long RelatedSlot = 2;

    private const string LostReferences = "select \"table\" || ' ' || coalesce(rowid, '') || ' lacks its ' || parent from pragma_foreign_key_check";

    private static readonly long Never = Instant.Never.Milliseconds;
    private static readonly string ScopeOfTag = $"t.id * {Scope.Tag(1).Packed - Scope.Tag(0).Packed} + {Scope.Tag(0).Packed}";

    private static readonly string[] OfTheNewsroom =
    [
        "the file is sound",
        "foreign keys lead somewhere",
        "an article has its newest revision and all before it",
        "an article under a takedown has nothing but its revisions",
        "a revision under a takedown has no text",
        "sections stand under their parents",
        "a merged tag leads to one that is there and stands in no list when all is done",
        "languages are numbered without a gap",
    ];

    // Each statement lists what breaks its rule, in words.
    private static readonly (string Rule, string Sql)[] Rules =
    [
        ("foreign keys lead somewhere", LostReferences),
        ("the change log runs from its floor to the counter without a gap",
            """
            select count(*) || ' rows, ' || coalesce(min(seq), 1) || ' to ' || coalesce(max(seq), 0) || ', counter ' || (select value from counter where name = 'seq')
            from change
            having coalesce(max(seq), (select value from counter where name = 'change_floor')) <> (select value from counter where name = 'seq')
                or count(*) <> coalesce(max(seq) - min(seq) + 1, 0)
                or coalesce(min(seq) - 1, 0) > (select value from counter where name = 'change_floor')
            """),
        ("the counter of ids is not behind",
            """
            select 'id ' || max(id)
            from (select id from article union all select id from section union all select id from tag union all select id from source union all select id from translation_group)
            having max(id) > (select value from counter where name = 'id')
            """),
        ("an article has its newest revision and all before it",
            """
            select 'article ' || a.id || ' has ' || count(r.number) || ' of ' || a.working_revision
            from article a left join revision r on r.article_id = a.id
            group by a.id
            having count(r.number) <> a.working_revision or max(r.number) is not a.working_revision
            """),
        ("an article of a source is found by the sender's id",
            """
            select 'article ' || a.id
            from article a left join article_key k on k.article_id = a.id
            where a.source_id is not null and (k.source_id, k.external_id) is not (a.source_id, a.external_id)
            """),
        ("an edition has its article and revision",
            """
            select 'edition ' || e.position
            from edition e left join article a on a.id = e.article_id left join revision r on r.article_id = e.article_id and r.number = e.revision
            where a.public_id is not e.public_id or r.number is null
            """),
        ("an article has two editions at most", "select 'article ' || article_id || ' has ' || count(*) from edition group by article_id having count(*) > 2"),
        ("an edition has its card, and a card its edition",
            "select 'position ' || coalesce(e.position, c.position) from edition e full join card c on c.position = e.position where c.slots is not e.slots"),
        ("an edition has references iff it says so",
            $"""
            select 'edition ' || position from edition e
            where (slots & {RelatedSlot} <> 0) <> exists (select 1 from reference r where r.position = e.position)
            union all
            select 'reference of ' || position from reference where position not in (select position from edition)
            """),
        ("an edition has the addresses that its revision names",
            """
            select 'edition ' || e.position
            from edition e join revision r on r.article_id = e.article_id and r.number = e.revision
            where (select count(*) from edition_address d where d.position = e.position)
                <> coalesce(json_array_length(r.document, '$.aliases'), 0) + (r.document ->> '$.canonicalUrl' is not null)
            """),
        ("an address is an edition's", "select 'address of ' || position from edition_address where position not in (select position from edition)"),
        ("a shown edition has its addresses on record",
            """
            select 'article ' || a.id
            from article a join edition_address d on d.position = a.shown_position left join article_address r on r.address = d.address and r.public_id = a.public_id
            where r.public_id is null
            """),
        ("an article under a takedown has nothing but its revisions",
            """
            select 'article ' || a.id
            from article a
            where a.state = 'taken-down' and (a.shown_position is not null or a.translation_group is not null
              or exists (select 1 from edition e where e.article_id = a.id) or exists (select 1 from correction c where c.article_id = a.id)
              or exists (select 1 from working_scope w where w.article_id = a.id) or exists (select 1 from transition t where t.article_id = a.id))
            """),
        ("a revision under a takedown has no text",
            """
            select 'revision ' || r.number || ' of article ' || a.id
            from article a join revision r on r.article_id = a.id
            where a.state = 'taken-down' and (r.document ->> '$.headline' is not null or json_array_length(r.document, '$.blocks') + json_array_length(r.document, '$.tags') > 0)
            """),
        ("a correction is an article's", "select 'correction of ' || article_id from correction where article_id not in (select id from article)"),
        ("the shown edition is the one whose window holds the last commit",
            $"""
            select 'article ' || a.id
            from article a left join edition e on e.article_id = a.id and e.from_at <= {LastNow} and e.until_at > {LastNow}
            where e.position is not a.shown_position and not exists (select 1 from transition t where t.article_id = a.id and t.due_at <= {LastNow})
            """),
        ("a shown edition has its slug",
            """
            select 'article ' || a.id
            from article a join edition e on e.position = a.shown_position left join article_slug s on s.language = e.language and s.slug = e.slug
            where (s.article_id, s.public_id, s.is_current) is not (a.id, a.public_id, 1) or a.slug is not e.slug
            """),
        ("where a shown edition stands is on record",
            """
            select 'article ' || a.id
            from article a join edition e on e.position = a.shown_position left join article_stand s on s.public_id = e.public_id and s.section_id = e.section_id and s.language_id = e.language_id
            where s.source_id is not e.source_id
            """),
        ("a current slug is its article's, and an article's slug is current",
            """
            select 'slug ' || s.slug from article_slug s left join article a on a.id = s.article_id where s.is_current = 1 and a.slug is not s.slug
            union all
            select 'article ' || a.id from article a left join article_slug s on s.article_id = a.id and s.slug = a.slug and s.is_current = 1 where a.slug is not null and s.slug is null
            """),
        ("the newest change tells what readers see",
            $"""
            select 'article ' || c.article_id || ' ' || c.kind
            from (select article_id, kind, version, max(seq) from change group by article_id) c left join article a on a.id = c.article_id
            where (c.kind in ('published', 'updated', 'breaking-ended', 'taxonomy', 'reference')) <> (a.shown_position is not null) or (a.id is not null and a.version <> c.version)
            union all
            select 'article ' || id || ' without a change' from article where version > 0 and id not in (select article_id from change) and {IsLogWhole}
            """),
        ("gone is what was visible and is not",
            $"""
            select 'article ' || c.public_id
            from (select distinct article_id, public_id from change) c left join article a on a.id = c.article_id left join gone g on g.public_id = c.public_id
            where (g.public_id is null) <> (a.shown_position is not null)
               or (a.state = 'taken-down') <> (g.reason = 'takedown')
            union all
            select 'gone ' || public_id from gone where public_id not in (select public_id from change) and {IsLogWhole}
            """),
        ("what is ahead of the editions, and nothing else, is scheduled",
            $"""
            with expected as (
                select from_at as due_at, article_id, 'starts' as kind from edition
                union select until_at, article_id, 'ends' from edition where until_at = ends_at and until_at < {Never}
                union select breaking_until, article_id, 'breaking-ends' from edition where breaking_until < until_at)
            select kind || ' of article ' || article_id || ' at ' || due_at || ' is missing'
            from (select * from expected where due_at > {LastNow} except select due_at, article_id, kind from transition)
            union all
            select kind || ' of article ' || article_id || ' at ' || due_at || ' is left over'
            from (select due_at, article_id, kind from transition where due_at > {LastNow} except select * from expected)
            """),
        ("sections stand under their parents",
            """
            select 'section ' || s.path from section s left join section p on p.id = s.parent_id
            where s.path <> case s.parent_id when 0 then '' else coalesce(p.path, '?') || '/' end || s.slug
            union all
            select 'edition ' || position from edition where section_id <> 0 and section_id not in (select id from section)
            """),
        ("where a newest revision stands is on record iff no edition was made of it",
            """
            select 'article ' || w.article_id from working_scope w left join article a on a.id = w.article_id
            where a.id is null or exists (select 1 from edition e where e.article_id = a.id and e.revision = a.working_revision)
            union all
            select 'article ' || a.id
            from article a join revision r on r.article_id = a.id and r.number = a.working_revision
            where a.state <> 'taken-down' and not exists (select 1 from edition e where e.article_id = a.id and e.revision = a.working_revision)
              and not exists (select 1 from working_scope w where w.article_id = a.id)
              and (json_extract(r.document, '$.section.id') is not null or json_array_length(r.document, '$.tags') + json_array_length(r.document, '$.contributors') > 0)
            """),
        ("a merged tag leads to one that is there and stands in no list when all is done",
            $"""
            select 'tag ' || t.id from tag t left join tag into_ on into_.id = t.merged_into
            where t.merged_into is not null and (into_.id is null or into_.merged_into is not null
              or (not exists (select 1 from rerender) and exists (select 1 from listing l where l.scope = {ScopeOfTag})))
            """),
        ("the audit trail tells the newest revision of each article",
            """
            select 'article ' || a.id || ' has ' || a.working_revision || ', told is ' || coalesce(t.told, 'none')
            from article a left join (select name, max(to_revision) as told from audit where kind = 'article' group by name) t on t.name = a.public_id
            where t.told > a.working_revision or (t.told is not a.working_revision and a.modified_at > (select min(at) from audit))
            """),
        ("languages are numbered without a gap", "select count(*) || ' languages, highest ' || max(id) from language having count(*) <> max(id)"),
    ];

    /// <summary>Whether it is about what the newsroom itself has, which nothing else in the file can make up for.</summary>
    public static bool IsBeyondRepair(string violation) => OfTheNewsroom.Any(rule => violation.StartsWith($"{rule}: ", StringComparison.Ordinal));

    /// <summary>Whether the change log itself is wrong, or what is known by it.</summary>
    public static bool IsOfTheLog(string violation) => violation.StartsWith("the change log ", StringComparison.Ordinal) || violation.StartsWith("the newest change ", StringComparison.Ordinal);

    public static bool IsOfSearch(string violation) => violation.StartsWith("search finds ", StringComparison.Ordinal);

    /// <summary>The rows that name another which is not there.</summary>
    public static IEnumerable<string> FindLostReferences(SqliteConnection connection) => connection.Query<string>(LostReferences);

    /// <summary>What breaks the rules, in words: at most so many findings of each.</summary>
    public static IEnumerable<string> FindViolations(SqliteConnection connection, int mostOfEach) =>
        Rules.SelectMany(rule => connection.Query<string>(rule.Sql).Take(mostOfEach).Select(violation => $"{rule.Rule}: {violation}"))
            .Concat(EditionInvariants.FindViolations(connection, mostOfEach))
            .Concat(ListingInvariants.FindViolations(connection, mostOfEach))
            .Concat(SearchInvariants.FindViolations(connection, mostOfEach))
            .Concat(AuditInvariants.FindViolations(connection, mostOfEach));
}
