-- The order of updates: all that it takes to walk it, so that only what may be shown is looked at itself.
create index edition_by_update on edition (updated_at, position, from_at, until_at);
