-- 业委会会议: called with its agenda, held with or without a quorum, what was decided, and when that was posted.
create table assemblies_sessions (
    tenant       bigint not null,
    committee    bigint not null,
    -- 第几次会议, counted per term.
    n            bigint not null,
    title        text not null,
    -- Item by item.
    agenda       text not null,
    room         text not null,
    called_on    text not null,
    -- Where a third of the members asked for it, the day they did.
    proposed_on  text,
    held_on      text not null,
    stage        text not null check (stage in ('called', 'held', 'cancelled')),
    -- Places in the list of members; how many sat then; how many signed for each item.
    present      text not null,
    sitting      bigint not null,
    agreed       text not null,
    record       text not null,
    published_on text,
    reason       text not null,
    version      bigint not null,
    primary key (tenant, committee, n)
);

-- 用印: what one of the three seals is asked for, on which decision it rests, and whether it was set.
create table assemblies_seals (
    tenant     bigint not null,
    committee  bigint not null,
    n          bigint not null,
    seal       text not null check (seal in ('assembly', 'committee', 'finance')),
    document   text not null,
    copies     bigint not null check (0 < copies),
    -- session-3, or decision-123: what allows it.
    basis      text not null,
    asked_on   text not null,
    asked_by   bigint not null,
    outcome    text not null check (outcome in ('open', 'stamped', 'refused')),
    decided_on text,
    decided_by bigint,
    remark     text not null,
    version    bigint not null,
    primary key (tenant, committee, n),
    check ((outcome = 'open') = (decided_on is null)),
    check (decided_by is null or decided_by <> asked_by)
);
