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
