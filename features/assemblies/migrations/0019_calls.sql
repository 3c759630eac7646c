-- 正面条件和负面清单 of a county, each version as it was published; a candidate keeps the one it was opened under.
create table assemblies_checklists (
    tenant       bigint not null,
    version      bigint not null,
    -- Lines of conditions, and codes with words.
    conditions   text not null,
    negatives    text not null,
    published_on text not null,
    person       bigint not null,
    primary key (tenant, version)
);

alter table assemblies_candidates add column checklist bigint not null default 0;
-- 出生年份, for the advice on ages; 0: not told.
alter table assemblies_candidates add column born bigint not null default 0;

-- 结构建议 of the neighborhood's party organisation to whoever prepares an election.
create table assemblies_advices (
    tenant        bigint not null,
    id            bigint not null,
    community     bigint not null,
    seats         bigint not null check (seats between 5 and 11),
    party_percent bigint not null check (party_percent between 0 and 100),
    cross_percent bigint not null check (cross_percent between 0 and 100),
    youngest      bigint not null,
    oldest        bigint not null,
    words         text not null,
    given_on      text not null,
    person        bigint not null,
    primary key (tenant, id)
);
create index assemblies_advices_community on assemblies_advices (community, id);

-- 候选人征集: a period in which owners put themselves forward, and the announcement of those who passed.
create table assemblies_calls (
    tenant          bigint not null,
    id              bigint not null,
    city            bigint not null,
    subdistrict     bigint not null,
    neighborhood    bigint not null,
    community       bigint not null,
    enterprise      bigint not null,
    seats           bigint not null check (seats between 1 and 11),
    opens_on        text not null,
    closes_on       text not null,
    words           text not null,
    announced_on    text,
    announced_until text,
    -- Those who were announced, sealed.
    announced       text not null,
    version         bigint not null,
    primary key (tenant, id),
    check ((announced_on is null) = (announced_until is null))
);
create index assemblies_calls_community on assemblies_calls (community, id);

-- 自荐: an owner who puts oneself forward. Name and words, and the reason of a "no", lie sealed.
create table assemblies_offers (
    tenant     bigint not null,
    id         bigint not null,
    call       bigint not null,
    person     bigint not null,
    sealed     text not null,
    offered_at bigint not null,
    outcome    text check (outcome in ('taken', 'declined')),
    reason     text not null,
    candidate  bigint,
    version    bigint not null,
    primary key (tenant, id),
    check ((outcome is not null and outcome = 'taken') = (candidate is not null))
);
create unique index assemblies_offers_person on assemblies_offers (tenant, call, person);
