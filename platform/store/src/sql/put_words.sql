/*[sqlite]insert or replace into store_words (rowid, words) values ($2, $3)*/
/*[postgres]insert into store_words (tenant, id, words) values ($1, $2, cast(cast($3 as text) as tsvector))
on conflict (tenant, id) do update set words = excluded.words*/
