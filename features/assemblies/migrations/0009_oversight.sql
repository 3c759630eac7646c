-- 监督: supervisors, audits and violations of a committee, each with what came of it. Names lie sealed.
create table assemblies_oversight (
    tenant     bigint not null,
    committee  bigint not null,
    n          bigint not null,
    kind       text not null check (kind in ('supervisor', 'audit', 'violation')),
    class      text not null,
    name       text not null,
    words      text not null,
    document   text not null,
    begun_on   text not null,
    due_on     text,
    closed_on  text,
    result     text not null,
    version    bigint not null,
    primary key (tenant, committee, n),
    check ((kind = 'audit') = (due_on is not null))
);
