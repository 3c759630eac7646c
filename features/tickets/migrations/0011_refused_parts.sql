-- 退回协办: a unit says with a reason that a part is not its own; the answer no longer waits for it.
create table tickets_joint_next (
    tenant    bigint not null,
    ticket    bigint not null,
    n         bigint not null,
    kind      text,
    unit      bigint,
    named     text not null,
    task      text not null,
    due_on    text not null,
    outcome   text not null check (outcome in ('open', 'done', 'withdrawn', 'refused')),
    words     text not null,
    closed_at bigint,
    closed_by text not null,
    version   bigint not null,
    primary key (tenant, ticket, n),
    check ((outcome = 'open') = (closed_at is null))
);
insert into tickets_joint_next (tenant, ticket, n, kind, unit, named, task, due_on, outcome, words, closed_at, closed_by, version)
select tenant, ticket, n, kind, unit, named, task, due_on, outcome, words, closed_at, closed_by, version from tickets_joint;
drop table tickets_joint;
alter table tickets_joint_next rename to tickets_joint;
create index tickets_joint_unit on tickets_joint (tenant, kind, unit, outcome, due_on, ticket, n);
