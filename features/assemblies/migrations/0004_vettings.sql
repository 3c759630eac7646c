-- 人选联审: a candidate for the committee. The name lies sealed.
create table assemblies_candidates (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    name         text not null,
    party        bigint not null check (party in (0, 1)),
    origin       text not null,
    -- 推荐方式: by whom, or by oneself.
    nominated_by text not null check (nominated_by in ('self', 'party', 'neighborhood', 'owners')),
    opened_on    text not null,
    due_on       text not null,
    stage        text not null check (stage in ('open', 'passed', 'refused')),
    concluded_on text,
    version      bigint not null,
    primary key (tenant, id),
    check ((stage = 'open') = (concluded_on is null))
);
create index assemblies_candidates_community on assemblies_candidates (community, id);

-- 部门意见: what a department answered in writing, recorded by the neighborhood that asked.
create table assemblies_opinions (
    tenant    bigint not null,
    candidate bigint not null,
    body      text not null,
    outcome   text not null check (outcome in ('pass', 'fail')),
    -- A code of the negative list; for the vetting group only.
    reason    text not null,
    document  text not null,
    person    bigint not null,
    at        bigint not null,
    primary key (tenant, candidate, body),
    check ((outcome = 'fail') = (reason <> ''))
);
