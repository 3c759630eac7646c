-- 满意度调查 of one community.
create table surveys_surveys (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    title        text not null,
    households   bigint not null,
    opens_on     text not null,
    -- The last day, until midnight.
    closes_on    text not null,
    stage        text not null check (stage in ('open', 'closed', 'void')),
    reason       text not null,
    -- Whether the result went into the register.
    entered      text not null check (entered in ('yes', 'no')),
    person       bigint not null,
    version      bigint not null,
    primary key (tenant, id)
);
create index surveys_surveys_city on surveys_surveys (city, id);
create index surveys_surveys_county on surveys_surveys (tenant, id);
create index surveys_surveys_subdistrict on surveys_surveys (subdistrict, id);
create index surveys_surveys_neighborhood on surveys_surveys (neighborhood, id);
create index surveys_surveys_community on surveys_surveys (community, id);
create index surveys_surveys_enterprise on surveys_surveys (enterprise, id);

-- Which households have answered: a keyed hash of survey and door, and nothing of what they said.
create table surveys_doors (
    tenant bigint not null,
    survey bigint not null,
    door   text not null,
    primary key (tenant, survey, door)
);

-- What was answered, without the door. Numbered by chance, so that the order of the doors says nothing.
create table surveys_answers (
    tenant   bigint not null,
    survey   bigint not null,
    mark     text not null,
    overall  bigint not null check (overall between 1 and 5),
    -- Marks of the five parts as JSON, and what was written.
    parts    text not null,
    words    text not null,
    primary key (tenant, survey, mark)
);
