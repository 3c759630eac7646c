-- 三率 of months that are over: what is counted there changes only when somebody comes back to an old case, and then the month is
-- counted anew. A year of a city is read from these and from its last weeks.
create table tickets_settled (
    tenant bigint not null,
    month  text not null,
    at     bigint not null,
    primary key (tenant, month)
);
-- A month's cases by who had them, by category and by community; flags as the rates have them.
create table tickets_settled_counts (
    tenant   bigint not null,
    part     text not null check (part in ('company', 'category', 'place')),
    month    text not null,
    body     bigint not null,
    category text not null,
    flags    bigint not null,
    n        bigint not null,
    primary key (tenant, part, month, body, category, flags)
);
