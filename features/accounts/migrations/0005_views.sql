-- 我的视图: a list's question somebody keeps under a name.
create table accounts_views (
    person bigint not null references accounts_users (id),
    id     bigint not null,
    -- The list's address, and what is asked of it.
    page   text not null,
    name   text not null,
    query  text not null,
    primary key (person, id),
    unique (person, page, name)
);
