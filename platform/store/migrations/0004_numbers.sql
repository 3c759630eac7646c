-- The newest number given to a tenant's things of a kind: cases go by one. Only where writers stand side by side is it kept here.
create table store_numbers (
    tenant bigint not null,
    kind   text not null,
    newest bigint not null,
    primary key (tenant, kind)
);
