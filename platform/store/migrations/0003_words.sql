-- 全文: what things say, in pairs of characters. Each store keeps it in its own index; words.rs speaks to both.
/*[sqlite]create virtual table store_words using fts5 (words, content = '', contentless_delete = 1);*/
/*[postgres]create table store_words (
    tenant bigint not null,
    id     bigint not null,
    words  tsvector not null,
    primary key (tenant, id)
);
create index store_words_words on store_words using gin (words);*/
