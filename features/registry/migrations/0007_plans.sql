-- 平面图与位置: where a community lies, and a picture of it with marks. Positions in millionths of a degree (CGCS2000), marks as JSON,
-- for they are only ever read and written together.
create table registry_plans (
    tenant    bigint not null,
    id        bigint not null,
    city      bigint not null,
    community bigint not null,
    latitude  bigint,
    longitude bigint,
    picture   bigint,
    width     bigint not null,
    height    bigint not null,
    spots     text not null,
    version   bigint not null,
    primary key (tenant, id),
    unique (tenant, community)
);
create index registry_plans_lie on registry_plans (city, latitude) where latitude is not null;
