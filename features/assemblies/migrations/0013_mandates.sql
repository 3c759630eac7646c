-- 表决代表: who votes for a unit in the owner's stead: a proxy (委托, 指导规则 Art. 26), a guardian, or the one the co-owners have
-- chosen among themselves (Art. 25). One at a time for the units of the same owners.
create table assemblies_mandates (
    tenant   bigint not null,
    id       bigint not null,
    decision bigint not null,
    unit     text not null,
    kind     text not null check (kind in ('proxy', 'guardian', 'co_owner')),
    -- A keyed hash of name and number: the same person is counted once, however many owners they stand for.
    person   text not null,
    -- The name, sealed.
    name     text not null,
    -- The items it covers, as JSON; empty for all.
    items    text not null,
    -- 委托书、推选书或监护证明.
    document text not null,
    -- The last day it holds.
    until    text not null,
    -- Of the code that opens the ballot paper.
    digest   text not null,
    made_at  bigint not null,
    made_by  bigint not null,
    ended_at bigint,
    reason   text not null,
    version  bigint not null,
    primary key (tenant, id),
    check ((ended_at is null) = (reason = ''))
);
create index assemblies_mandates_decision on assemblies_mandates (tenant, decision, id);
create index assemblies_mandates_digest on assemblies_mandates (digest);
create unique index assemblies_mandates_one on assemblies_mandates (tenant, decision, unit) where ended_at is null;

-- A proxy's ballot gives way to the owner's own, whichever came first; and one co-owner's account does not silently take the place
-- of another's.
alter table assemblies_ballots add column proxy bigint not null default 0;
alter table assemblies_ballots add column account bigint not null default 0;
alter table assemblies_effective add column proxy bigint not null default 0;
alter table assemblies_effective add column account bigint not null default 0;
