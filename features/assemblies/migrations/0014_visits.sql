-- 扫楼: who was at a unit's door, when, and what came of it; a mark taken back is a visit of its own.
create table assemblies_visits (
    tenant   bigint not null,
    id       bigint not null,
    decision bigint not null,
    unit     text not null,
    -- How it was delivered (door, posted, message, mail), reached, absent, or undo.
    what     text not null,
    note     text not null,
    person   bigint not null,
    at       bigint not null,
    primary key (tenant, id)
);
create index assemblies_visits_unit on assemblies_visits (tenant, decision, unit, id);
