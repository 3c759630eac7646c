-- 区划调整: a community that went to another neighborhood; its rows in every room follow by a job, which goes on after a stop.
create table registry_moves (
    tenant            bigint not null,
    id                bigint not null,
    community         bigint not null,
    from_subdistrict  bigint not null,
    from_neighborhood bigint not null,
    subdistrict       bigint not null,
    neighborhood      bigint not null,
    document          text not null,
    asked_by          bigint not null,
    asked_at          bigint not null,
    done_at           bigint,
    primary key (tenant, id)
);
create index registry_moves_waiting on registry_moves (tenant, id) where done_at is null;
create unique index registry_moves_one on registry_moves (tenant, community) where done_at is null;

-- 县直部门: an office of a county beside the bureau, which may be given a case or a part of one. A reference table.
create table registry_departments (
    id       bigint primary key,
    tenant   bigint not null,
    city     bigint not null,
    name     text not null,
    ended_on text,
    version  bigint not null,
    unique (tenant, name)
);

-- 网格: a part of a neighborhood that one grid worker looks after. Its code begins with the neighborhood's, or is a local one.
create table registry_grids (
    tenant       bigint not null,
    id           bigint not null,
    neighborhood bigint not null,
    code         text not null,
    name         text not null,
    -- Which communities and buildings it holds, in words.
    covers       text not null,
    ended_on     text,
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, code)
);
create index registry_grids_neighborhood on registry_grids (neighborhood, code);
