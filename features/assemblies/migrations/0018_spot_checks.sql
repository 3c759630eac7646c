-- 抽查回访: ballots drawn by dice that were thrown in public after the opening, and what their owners said when asked.
create table assemblies_spot_checks (
    tenant   bigint not null,
    id       bigint not null,
    decision bigint not null,
    -- Which posted result it is about.
    version  bigint not null,
    seed     text not null,
    -- The share of wrong ballots, in percent, that it would find.
    share    bigint not null,
    made_at  bigint not null,
    made_by  bigint not null,
    primary key (tenant, id),
    unique (tenant, decision, version)
);
create table assemblies_spot_check_calls (
    tenant     bigint not null,
    spot_check bigint not null,
    -- The order they were drawn in, from 1.
    place      bigint not null,
    ballot     bigint not null,
    unit       text not null,
    state      text not null,
    note       text not null,
    said_at    bigint,
    said_by    bigint,
    primary key (tenant, spot_check, place)
);
