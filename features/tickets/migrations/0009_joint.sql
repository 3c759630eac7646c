-- 协同办理: units asked to do their part of a case, each with its task, its day and what came of it; the handler keeps the lead.
create table tickets_joint (
    tenant    bigint not null,
    ticket    bigint not null,
    n         bigint not null,
    -- A body of the house; none for a department that has no desk here.
    kind      text,
    unit      bigint,
    named     text not null,
    task      text not null,
    due_on    text not null,
    outcome   text not null check (outcome in ('open', 'done', 'withdrawn')),
    words     text not null,
    closed_at bigint,
    closed_by text not null,
    version   bigint not null,
    primary key (tenant, ticket, n),
    check ((outcome = 'open') = (closed_at is null))
);
