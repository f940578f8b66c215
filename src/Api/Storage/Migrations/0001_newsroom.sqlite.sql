-- The newsroom's world: every revision of every article, and the taxonomy. Instants are milliseconds since 1970, UTC.

create table counter (
    name  text primary key not null,
    value integer not null
) strict, without rowid;

insert into counter (name, value) values ('commit_no', 0), ('seq', 0), ('id', 0), ('last_now', 0), ('change_floor', 0), ('meaning', 0);

create table secret (
    name  text primary key not null,
    value blob not null
) strict, without rowid;

create table api_key (
    id                  text primary key not null,
    label               text,
    hash                blob not null,
    -- of the secret before the newest one, while both work
    previous_hash       blob,
    previous_expires_at integer,
    scopes              text not null,
    -- what it is limited to, separated by spaces; null limits nothing. Sections by id, without a foreign key: an id that is gone holds nothing
    sources             text,
    section_ids         text,
    languages           text,
    created_at          integer not null,
    rotated_at          integer,
    expires_at          integer,
    revoked_at          integer
) strict, without rowid;

create table language (
    id  integer primary key,
    tag text not null
) strict;
create index language_by_tag on language (tag);

create table source (
    id   integer primary key,
    slug text not null
) strict;
create index source_by_slug on source (slug);

create table article (
    id                 integer primary key,
    public_id          text not null,
    source_id          integer references source (id),
    external_id        text,
    -- draft, published, expired, unpublished or taken-down, as of the last write or settling; the clock decides the rest
    state              text not null,
    language_id        integer not null references language (id),
    -- what the article would like to be called; while it is hidden this reserves nothing
    wished_slug        text not null,
    -- the slug readers know it by; null while it was never visible
    slug               text,
    translation_group  integer,
    working_revision   integer not null,
    -- what readers saw last: how many states, which content, when it first appeared and noticeably changed
    version            integer not null,
    shown_hash         blob,
    shown_revision     integer,
    first_published_at integer,
    updated_at         integer,
    -- the edition that readers see as of the last settling
    shown_position     integer,
    unpublish_at       integer,
    created_at         integer not null,
    modified_at        integer not null
) strict;
create index article_by_public_id on article (public_id);
create index article_by_wish on article (wished_slug);
create index article_by_translation_group on article (translation_group) where translation_group is not null;

create table article_key (
    source_id   integer not null references source (id),
    external_id text not null,
    -- no foreign key: nothing finds the key by its article, and each deletion would read all of them
    article_id  integer not null,
    primary key (source_id, external_id)
) strict, without rowid;

create table revision (
    article_id integer not null references article (id),
    number     integer not null,
    document   blob not null,
    input_hash blob,
    source_id  integer references source (id),
    key_id     text,
    -- why an article was taken off publication, for the newsroom only
    reason     text,
    created_at integer not null,
    primary key (article_id, number)
) strict;

-- Published statements of what was wrong. They belong to the article, whatever is pushed.
create table correction (
    article_id integer not null references article (id),
    number     integer not null,
    at         integer not null,
    kind       text not null,
    text       text not null,
    key_id     text not null,
    created_at integer not null,
    primary key (article_id, number)
) strict, without rowid;

-- Previews of one revision each, for whoever holds the token: of that only a keyed hash is kept.
create table preview_link (
    id         text primary key not null,
    token_hash blob not null,
    article_id integer not null,
    revision   integer not null,
    key_id     text not null,
    created_at integer not null,
    expires_at integer not null,
    foreign key (article_id, revision) references revision (article_id, number)
) strict, without rowid;
create index preview_link_by_token on preview_link (token_hash);
create index preview_link_by_revision on preview_link (article_id, revision);
create index preview_link_by_end on preview_link (expires_at);

create table translation_group (
    source_id integer not null references source (id),
    key       text not null,
    id        integer not null,
    primary key (source_id, key)
) strict, without rowid;

create table section (
    id          integer primary key,
    -- 0 at the top
    parent_id   integer not null,
    slug        text not null,
    path        text not null,
    -- hand or push: what a push made exists for readers only while an article they see stands in it
    made_by     text not null,
    -- from when on readers see it under its name, that of the article which appears first in it; null while none is to appear
    shown_at    integer,
    -- which article that is; all of them where it is past
    named_by    integer not null default 0,
    position    integer not null,
    description text
) strict;
create index section_by_path on section (path);
create index section_by_parent on section (parent_id, path);

create table section_name (
    section_id integer not null references section (id),
    language   text not null,
    name       text not null,
    folded     text not null,
    primary key (section_id, language)
) strict, without rowid;
create index section_name_by_folded on section_name (folded);

-- Paths that sections had before they were moved or deleted. A present path wins over a former one, and of several the latest.
create table section_alias (
    path       text not null,
    section_id integer not null,
    moved_at   integer not null,
    -- whether readers knew the section at that path: only then it leads them on
    is_public  integer not null,
    primary key (path, section_id)
) strict, without rowid;
create index section_alias_by_section on section_alias (section_id);

create table tag (
    id          integer primary key,
    kind        text not null,
    slug        text not null,
    made_by     text not null,
    shown_at    integer,
    named_by    integer not null default 0,
    -- the tag that took its place, and whether readers knew it before: only then its address leads them on
    merged_into integer references tag (id),
    is_alias    integer not null default 0,
    description text,
    same_as     blob,
    image       blob
) strict;
create index tag_by_slug on tag (kind, slug);
create index tag_by_target on tag (merged_into) where merged_into is not null;

create table tag_name (
    tag_id   integer not null references tag (id),
    language text not null,
    name     text not null,
    folded   text not null,
    primary key (tag_id, language)
) strict, without rowid;
create index tag_name_by_folded on tag_name (folded);

-- Where the newest revision of an article stands, of those articles of which readers have or will have another one, or none. What they will have stands in the listing.
create table working_scope (
    scope      integer not null,
    article_id integer not null,
    primary key (scope, article_id)
) strict, without rowid;
create index working_scope_by_article on working_scope (article_id);
