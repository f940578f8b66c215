-- The readers' world: what is or will be visible, laid out for reading. Delivery asks these tables and no article or revision.

create table edition (
    -- publication instant, bits of the public id, edition bit: the order of every list
    position          integer primary key,
    article_id        integer not null,
    public_id         text not null,
    language_id       integer not null,
    revision          integer not null,
    from_at           integer not null,
    until_at          integer not null,
    -- its own end, expired or unpublished; until_at is earlier where another edition takes over
    ends_at           integer not null,
    end_kind          text not null,
    published_at      integer not null,
    updated_at        integer not null,
    changed_at        integer not null,
    breaking_until    integer,
    -- the end that readers are shown
    expires_at        integer not null,
    version           integer not null,
    language          text not null,
    slug              text not null,
    headline          text not null,
    -- 0 where it stands in none
    section_id        integer not null,
    -- 0 where nobody pushed it
    source_id         integer not null,
    translation_group integer,
    -- which slots the answer has, bit by bit
    slots             integer not null,
    scopes            blob not null,
    etag              blob not null,
    document          blob not null
) strict;
create index edition_by_article on edition (article_id);
create index edition_by_public_id on edition (public_id);
-- The slug first: by language alone the planner would take it for any query that knows a language, and read all of them.
create index edition_by_slug on edition (slug, language);
create index edition_by_translation_group on edition (translation_group) where translation_group is not null;

-- What lists show of an edition. A table of its own: beside the document each card would cost a second page.
create table card (
    position integer primary key,
    slots    integer not null,
    tag      blob not null,
    card     blob not null
) strict;

create table listing (
    scope       integer not null,
    position    integer not null,
    language_id integer not null,
    from_at     integer not null,
    until_at    integer not null,
    primary key (scope, position)
) strict, without rowid;

-- What slots show: the curated related articles, in order. A target that does not exist yet is remembered by its sender's id.
create table reference (
    position           integer not null,
    place              integer not null,
    target             text,
    target_source      text,
    target_external_id text,
    primary key (position, place)
) strict, without rowid;
create index reference_by_target on reference (target) where target is not null;
create index reference_by_wish on reference (target_source, target_external_id) where target_source is not null;

-- Where else an edition is found, by a hash of the address: at 0 its canonical URL, then its aliases.
create table edition_address (
    position integer not null,
    place    integer not null,
    address  blob not null,
    primary key (position, place)
) strict, without rowid;
create index edition_address_by_address on edition_address (address);

-- Such addresses under which an article is or was visible: they lead to it until another article takes them, and answer 410 when it is gone.
create table article_address (
    address   blob not null,
    public_id text not null,
    primary key (address, public_id)
) strict, without rowid;

-- Slugs that are or were public. One that is current is its holder's; a former one belongs to whoever takes it next.
create table article_slug (
    language   text not null,
    slug       text not null,
    article_id integer not null,
    public_id  text not null,
    is_current integer not null,
    primary key (language, slug)
) strict, without rowid;
create index article_slug_by_article on article_slug (article_id);

-- Where an article is or was visible, 0 for no section or source: together with its slugs, every address it ever had, and who could see it.
create table article_stand (
    public_id   text not null,
    section_id  integer not null,
    language_id integer not null,
    source_id   integer not null,
    primary key (public_id, section_id, language_id)
) strict, without rowid;

create table gone (
    public_id text primary key not null,
    reason    text not null,
    at        integer not null
) strict, without rowid;

-- How many articles readers are told stand in a scope, as of the last settling.
create table scope_shown (
    scope    integer primary key,
    articles integer not null
) strict;

-- Instants at which readers will see something else.
create table transition (
    due_at     integer not null,
    article_id integer not null,
    kind       text not null,
    primary key (due_at, article_id, kind)
) strict, without rowid;
create index transition_by_article on transition (article_id);
-- Nearly every article may have an end ahead of it, and hardly any a beginning.
create index transition_by_kind on transition (kind, due_at);

-- What readers must be told, in order.
create table change (
    seq           integer primary key,
    article_id    integer not null,
    public_id     text not null,
    kind          text not null,
    version       integer not null,
    -- when readers could first notice it; it may have been written later
    at            integer not null,
    logged_at     integer not null,
    -- where the article stood for readers before, so that readers of one scope learn that it left
    scopes_before blob not null
) strict;
create index change_by_article on change (article_id, seq);

-- Names of sections and tags that have come to mean something else to readers, by the number of the last time: who follows the changes under one begins again.
create table meaning (
    name text primary key not null,
    no   integer not null
) strict, without rowid;

-- Editions that must be rendered again, because a section or tag is called otherwise or stands elsewhere: those in a scope beyond a position. Until then
-- they stand in the listing as before; what they gain and lose tells who reads it.
create table rerender (
    id             integer primary key,
    scope          integer not null,
    gained         blob not null,
    lost           blob not null,
    after_position integer not null
) strict;
