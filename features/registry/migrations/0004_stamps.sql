-- A county's stamp changes with every figure that is compared over its city; what was sorted under older stamps is read anew.
create table registry_stamps (
    tenant bigint not null,
    city   bigint not null,
    stamp  bigint not null,
    primary key (tenant, city)
);
create index registry_stamps_city on registry_stamps (city, tenant, stamp);
insert into registry_stamps (tenant, city, stamp)
select tenant, city, max(id) from registry_records group by tenant, city;

-- SQLite plans without statistics: what is asked together must stand together at the front of one index.
create index registry_records_of_community on registry_records (tenant, community, kind, happened_on, id);
drop index registry_records_community;
-- Not `community = 0`: SQLite would plan every statement that asks `community = $n` anew each time, to see whether $n is 0.
create index registry_records_of_street on registry_records (tenant, subdistrict, happened_on, id) where community < 1;
create index registry_divisions_tenant on registry_divisions (tenant, kind, code);
