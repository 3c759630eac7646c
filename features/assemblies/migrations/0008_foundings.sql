-- 筹备组、换届小组: from the written application to the assembly it was formed for. Members lie sealed.
create table assemblies_foundings (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    kind         text not null check (kind in ('first', 'reelection')),
    applied_on   text not null,
    -- What the application rests on, in words: whose rule, which figures.
    ground       text not null,
    stage        text not null check (stage in ('applied', 'posted', 'formed', 'done', 'ended')),
    -- The members and what the three gates said, sealed.
    sealed       text not null,
    posted_on    text,
    formed_on    text,
    -- 筹备工作: code and day of each that is done.
    tasks        text not null,
    decision     bigint,
    ended_on     text,
    reason       text not null,
    version      bigint not null,
    primary key (tenant, id)
);
create index assemblies_foundings_city on assemblies_foundings (city, stage, id);
create index assemblies_foundings_county on assemblies_foundings (tenant, stage, id);
create index assemblies_foundings_subdistrict on assemblies_foundings (subdistrict, stage, id);
create index assemblies_foundings_neighborhood on assemblies_foundings (neighborhood, stage, id);
create index assemblies_foundings_community on assemblies_foundings (community, id);
