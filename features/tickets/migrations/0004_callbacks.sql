-- 回送地址: where a system wants to hear what becomes of the cases it sent. One person proposes it, another lists it.
create table tickets_callbacks (
    id          bigint primary key,
    system      bigint not null references tickets_systems (id),
    url         text not null,
    -- An address of the office's own network, listed as such.
    is_inside   bigint not null check (is_inside in (0, 1)),
    stage       text not null check (stage in ('proposed', 'listed', 'ended')),
    proposed_by bigint not null,
    proposed_at bigint not null,
    listed_by   bigint,
    listed_at   bigint,
    version     bigint not null,
    check (stage <> 'listed' or listed_by is not null and listed_by <> proposed_by)
);
create unique index tickets_callbacks_system on tickets_callbacks (system) where stage <> 'ended';
