-- Tries that may be too many: wrong passwords, reports without an account. Counted per bucket, which is a keyed hash.
create table store_tries (
    bucket text not null,
    at     bigint not null,
    id     bigint not null,
    primary key (bucket, at, id)
);
create index store_tries_at on store_tries (at);
