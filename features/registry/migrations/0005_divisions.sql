-- A division is renamed and recoded by people, who must not write over each other.
alter table registry_divisions add column version bigint not null default 1;
-- Every county is a tenant of its own.
-- Not `kind = 'county'`: SQLite would plan every statement that asks `kind = $n` anew each time. Only 'county' lies between.
create unique index registry_divisions_county on registry_divisions (tenant) where kind > 'city' and kind < 'd';
