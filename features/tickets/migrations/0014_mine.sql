-- 我的诉求: the cases an owner keeps with their account, each with the code it is found by, sealed.
create table tickets_mine (
    tenant bigint not null,
    person bigint not null,
    ticket bigint not null,
    code   text not null,
    at     bigint not null,
    primary key (tenant, person, ticket)
);
create index tickets_mine_person on tickets_mine (person, at, ticket);
