-- 老旧小区改造: a project that is included in the plan and begun only with the owners' two consents (SC-076).
create table assemblies_renewals (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    title        text not null,
    proposed_on  text not null,
    stage        text not null check (stage in ('proposed', 'included', 'started', 'finished', 'ended')),
    -- Kind, day, and what each rests on.
    consents     text not null,
    -- The stages it went through, each with its day.
    days         text not null,
    reason       text not null,
    version      bigint not null,
    primary key (tenant, id)
);
create index assemblies_renewals_community on assemblies_renewals (community, id);
