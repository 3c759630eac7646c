-- 接入系统: a hotline, a city's platform or a civic app that sends cases in, each with a key of its own.
create table tickets_systems (
    id         bigint primary key,
    name       text not null,
    channel    text not null check (channel in ('12345', '12319', 'platform')),
    -- The keyed hash of its key, and the secret its messages are signed with, sealed.
    digest     text not null unique,
    secret     text not null,
    created_by bigint not null,
    created_at bigint not null,
    ended_at   bigint,
    version    bigint not null
);

-- 外部编号: what another system calls a case of ours. The same number twice is the same case.
create table tickets_outside (
    tenant  bigint not null,
    system  bigint not null references tickets_systems (id),
    outside text not null,
    ticket  bigint not null,
    primary key (tenant, system, outside)
);
create index tickets_outside_ticket on tickets_outside (tenant, ticket);

-- Public cases by the time they came, for Open311 and feeds.
create index tickets_tickets_open311_city on tickets_tickets (city, openness, filed_at, id);
create index tickets_tickets_open311_county on tickets_tickets (tenant, openness, filed_at, id);
