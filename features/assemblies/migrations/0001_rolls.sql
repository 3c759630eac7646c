-- 业主名册: uploaded and looked through, then posted by the committee, the preparatory group or the neighborhood, posted for objections, frozen by the
-- street. A version never changes once it is there; what is wrong is put right by the next one.
create table assemblies_rolls (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    -- 第几版, counted per community.
    n            bigint not null,
    stage        text not null check (stage in ('draft', 'proposed', 'frozen', 'withdrawn')),
    units        bigint not null,
    -- 0.001 m².
    area         bigint not null,
    heads        bigint not null,
    -- SHA-256 of the roll as the counting program reads it.
    digest       text not null,
    proposed_on  text not null,
    proposed_by  bigint not null,
    -- 公示: full days after the posting, and the first day on which it may be frozen.
    days         bigint not null,
    next_step    text not null,
    frozen_on    text,
    reason       text not null,
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, community, n),
    check ((stage = 'frozen') = (frozen_on is not null))
);
create index assemblies_rolls_community on assemblies_rolls (community, n);

-- 专有部分: a unit of a roll. Who owns it stands as keys that say nothing; names, numbers and phones are sealed.
create table assemblies_units (
    tenant      bigint not null,
    roll        bigint not null,
    unit        text not null,
    -- The order in which people read them: 2幢 before 10幢.
    n           bigint not null,
    building    text not null,
    entrance    text not null,
    kind        text not null,
    holder      text not null check (holder in ('owner', 'developer')),
    area        bigint not null check (0 <= area),
    -- 面积来源, by the order of the Interpretation, Art. 8.
    area_source text not null check (area_source in ('register', 'survey', 'contract')),
    -- Keys of the owners, joined by a semicolon.
    owners      text not null,
    contact     text not null,
    primary key (tenant, roll, unit)
);
create index assemblies_units_order on assemblies_units (tenant, roll, n);
create index assemblies_units_building on assemblies_units (tenant, roll, building, n);
create index assemblies_units_owners on assemblies_units (tenant, roll, owners);

-- 异议: raised against a posted roll or a posted result, answered before the next step, kept for ever.
create table assemblies_objections (
    tenant      bigint not null,
    id          bigint not null,
    -- The roll or decision it is about.
    subject     bigint not null,
    body        text not null,
    contact     text not null,
    filed_at    bigint not null,
    outcome     text not null check (outcome in ('open', 'upheld', 'dismissed')),
    answer      text,
    answered_at bigint,
    answered_by bigint,
    version     bigint not null,
    primary key (tenant, id),
    check ((outcome = 'open') = (answer is null))
);
create index assemblies_objections_subject on assemblies_objections (tenant, subject, id);
