-- Who changed what in the newsroom, and when: a row for each write of management, in the transaction of what it tells. Rows are never changed, only let go of at
-- the old end. No text of an article and no secret is in it.
create table audit (
    id            integer primary key,
    at            integer not null,
    -- of the key; 'admin' is the one that the configuration names, 'start' the server itself
    key_id        text not null,
    operation     text not null,
    outcome       text not null,
    -- what was written: article, section, tag, key, preview-link or backup, and what names it
    kind          text not null,
    name          text not null,
    -- what a section or tag is called since, where it was moved or merged
    moved_to      text,
    source        text,
    external_id   text,
    from_revision integer,
    to_revision   integer,
    from_etag     text,
    to_etag       text,
    trace_id      text,
    -- of this row and of the hash before it
    hash          blob not null
) strict;
