-- 纠错和退出: what a committee is ordered to put right, by which day, and what came of it.
create table assemblies_corrections (
    tenant    bigint not null,
    id        bigint not null,
    committee bigint not null,
    -- A code of the grounds.
    ground    text not null,
    -- 责令内容, with the document it stands in.
    words     text not null,
    document  text not null,
    ordered_on text not null,
    due_on    text not null,
    outcome   text not null check (outcome in ('open', 'corrected', 'reelection', 'acting')),
    closed_on text,
    -- 社区代行 needs the owners' mandate: a final decision of theirs.
    mandate   bigint,
    remark    text not null,
    version   bigint not null,
    primary key (tenant, id),
    check (ordered_on < due_on),
    check ((outcome = 'open') = (closed_on is null)),
    check ((outcome = 'acting') = (mandate is not null))
);
create index assemblies_corrections_committee on assemblies_corrections (tenant, committee, id);
