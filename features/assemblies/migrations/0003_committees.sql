-- 业主委员会, 物业管理委员会: one term of it. Members lie sealed; how many there are and how many are party members does not.
create table assemblies_committees (
    tenant        bigint not null,
    id            bigint not null,
    city          bigint not null,
    subdistrict   bigint not null,
    neighborhood  bigint not null,
    community     bigint not null,
    enterprise    bigint not null,
    -- 第几届, counted per community.
    n             bigint not null,
    kind          text not null check (kind in ('owners', 'management')),
    elected_on    text not null,
    term_ends_on  text not null,
    -- 有公共收益: then leaving is audited.
    common_income bigint not null check (common_income in (0, 1)),
    members       text not null,
    seats         bigint not null,
    sitting       bigint not null,
    ended         bigint not null check (ended in (0, 1)),
    ended_on      text,
    reason        text not null,
    version       bigint not null,
    primary key (tenant, id),
    unique (tenant, community, n),
    check (elected_on < term_ends_on),
    check ((ended = 1) = (ended_on is not null))
);
create index assemblies_committees_city on assemblies_committees (city, ended, term_ends_on, id);
create index assemblies_committees_county on assemblies_committees (tenant, ended, term_ends_on, id);
create index assemblies_committees_subdistrict on assemblies_committees (subdistrict, ended, term_ends_on, id);
create index assemblies_committees_neighborhood on assemblies_committees (neighborhood, ended, term_ends_on, id);
create index assemblies_committees_community on assemblies_committees (community, ended, term_ends_on, id);

-- 履职事项 that were done; what is owed follows from the term and the pack.
create table assemblies_duties (
    tenant    bigint not null,
    committee bigint not null,
    -- The duty's code, and the period it is for where it comes again.
    key       text not null,
    done_on   text not null,
    words     text not null,
    person    bigint not null,
    at        bigint not null,
    primary key (tenant, committee, key)
);

-- 决定的执行: what a final decision leads to, until when, and what came of it.
create table assemblies_executions (
    tenant   bigint not null,
    decision bigint not null,
    n        bigint not null,
    what     text not null,
    due_on   text not null,
    done_on  text,
    words    text not null,
    version  bigint not null,
    primary key (tenant, decision, n)
);
