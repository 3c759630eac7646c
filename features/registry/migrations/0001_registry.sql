-- 区划: the tree of places. A reference table: small, on every node. Codes are attributes; ids never change.
create table registry_divisions (
    id         bigint primary key,
    code       text not null unique,
    name       text not null,
    kind       text not null check (kind in ('city', 'county', 'subdistrict', 'neighborhood')),
    parent     bigint references registry_divisions (id),
    city       bigint not null,
    -- 0 for the city itself.
    tenant     bigint not null,
    valid_from text not null,
    valid_to   text
);
create index registry_divisions_parent on registry_divisions (parent, code);
create index registry_divisions_city on registry_divisions (city, kind, code);

-- 物业服务企业. A reference table: an enterprise serves several counties.
create table registry_enterprises (
    id          bigint primary key,
    uscc        text not null unique,
    name        text not null,
    city        bigint not null,
    home_tenant bigint not null,
    registered  text,
    note        text not null,
    version     bigint not null
);
create index registry_enterprises_city on registry_enterprises (city, name, id);

-- 小区: the main object. Scope columns first, so that a scope is one equality.
create table registry_communities (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    -- The enterprise that serves it today, 0 when none does.
    enterprise   bigint not null,
    number       bigint not null,
    name         text not null,
    kind         text not null check (kind in ('commodity', 'old', 'resettlement', 'affordable', 'other')),
    address      text not null,
    built_year   bigint check (built_year between 1949 and 2100),
    -- In 0.001 m².
    floor_area   bigint check (floor_area >= 0),
    buildings    bigint check (buildings >= 0),
    entrances    bigint check (entrances >= 0),
    households   bigint not null check (households >= 0),
    service_mode text not null check (service_mode in ('none', 'market', 'state_owned', 'public_welfare', 'fallback', 'self_managed', 'single_service')),
    note         text not null,
    -- The import batch it came with, so that a batch can be undone; null when entered by hand.
    batch        bigint,
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, number),
    unique (tenant, neighborhood, name)
);
create index registry_communities_city_name on registry_communities (city, name, id);
create index registry_communities_county_name on registry_communities (tenant, name, id);
create index registry_communities_subdistrict_name on registry_communities (subdistrict, name, id);
create index registry_communities_neighborhood_name on registry_communities (neighborhood, name, id);
create index registry_communities_enterprise_name on registry_communities (enterprise, name, id);
create index registry_communities_city_households on registry_communities (city, households, id);
create index registry_communities_county_households on registry_communities (tenant, households, id);
create index registry_communities_batch on registry_communities (tenant, batch);

-- The dated records that gates, vetoes and candidates are judged by, one kind a register, until their own rooms exist.
create table registry_records (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    -- 0 for a record of a whole street or enterprise.
    community    bigint not null,
    enterprise   bigint not null,
    kind         text not null,
    -- What the kind tells apart: the finding's class, the incident's level.
    class        text not null,
    status       text not null,
    title        text not null,
    happened_on  text not null,
    ends_on      text,
    -- Satisfied of valid, collected of due, party members of members: what a rate is made of.
    part         bigint,
    whole        bigint,
    evidence     text not null,
    batch        bigint,
    version      bigint not null,
    primary key (tenant, id),
    check (ends_on is null or happened_on <= ends_on),
    check (part is null or part >= 0),
    check (whole is null or part is null or part <= whole)
);
create index registry_records_city on registry_records (city, kind, happened_on, id);
create index registry_records_county on registry_records (tenant, kind, happened_on, id);
create index registry_records_subdistrict on registry_records (subdistrict, kind, happened_on, id);
create index registry_records_neighborhood on registry_records (neighborhood, kind, happened_on, id);
create index registry_records_community on registry_records (community, kind, happened_on, id);
create index registry_records_enterprise on registry_records (enterprise, kind, happened_on, id);
create index registry_records_batch on registry_records (tenant, batch);

-- 导入批次: a file on its way into a register.
create table registry_imports (
    tenant    bigint not null,
    id        bigint not null,
    person    bigint not null,
    register  text not null,
    file_name text not null,
    file_hash text not null,
    -- The file's own column heads, as a JSON list.
    header    text not null,
    -- Which column each field is read from, as a JSON object.
    mapping   text not null,
    stage     text not null check (stage in ('staged', 'applying', 'done', 'undone')),
    mode      text not null check (mode in ('', 'all_or_nothing', 'good_rows')),
    rows      bigint not null,
    applied   bigint not null,
    skipped   bigint not null,
    refused   bigint not null,
    through   bigint not null,
    created_at bigint not null,
    version   bigint not null,
    primary key (tenant, id)
);
create index registry_imports_person on registry_imports (tenant, person, id);

-- Its rows, as they stand in the file.
create table registry_import_rows (
    tenant bigint not null,
    import bigint not null,
    line   bigint not null,
    cells  text not null,
    fault  text,
    primary key (tenant, import, line)
);
