-- Full text of the editions, by their position. Nothing of the text is kept beside the index; what stands in it is made by the analyzer, so that the engine
-- has nothing left to fold, and to part only at spaces. The signs tell words of headlines, of standfirsts, and scopes from other words.
create virtual table search using fts5 (
    headline, standfirst, body, stems, scopes,
    content = '', contentless_delete = 1, detail = full, tokenize = "ascii tokenchars '#@='"
);
insert into search (search, rank) values ('automerge', 16);

-- Which analyzer the index was made by, and of where it is made again: the place reached, downwards; and whether it must be swept of what was taken down.
create table search_state (
    name  text primary key not null,
    value integer not null
) strict, without rowid;

-- Where there is something to read already, no analyzer has.
insert into search_state (name, value) select 'analyzer', case when exists (select 1 from edition) then 0 else 1 end;
insert into search_state (name, value) values ('place', 9223372036854775807), ('unswept', 0);
