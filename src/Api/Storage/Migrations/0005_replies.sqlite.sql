-- What was answered to a write that may be sent again: for a day, under a hash of who asked for what with which key.
create table reply (
    request    blob primary key,
    body_hash  blob not null,
    -- whose text it may hold; null where it is about no article
    article_id integer,
    status     integer not null,
    headers    text not null,
    body       blob not null,
    expires_at integer not null
) strict;
create index reply_by_end on reply (expires_at);
create index reply_by_article on reply (article_id) where article_id is not null;
