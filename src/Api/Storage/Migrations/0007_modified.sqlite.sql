-- The order of the newsroom's list: what was written to last comes first.
create index article_by_modified on article (modified_at);
