-- 查实: a case that was looked into and turned out to be so, and the record of the register it became. Once for a case.
create table tickets_findings (
    tenant bigint not null,
    ticket bigint not null,
    record bigint not null,
    primary key (tenant, ticket)
);
