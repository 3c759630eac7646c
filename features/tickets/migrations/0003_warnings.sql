-- Who reported, as a keyed hash of the phone: the same person is known again without the number being read.
alter table tickets_tickets add column reporter text;
create index tickets_tickets_reporter on tickets_tickets (tenant, reporter, filed_on);

-- 预警: raised once for what it is about, and closed only by what somebody did.
create table tickets_warnings (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    kind         text not null,
    -- What it is about, so that it is raised once: a case and its round, a place and a month.
    subject      text not null,
    -- The case to look at first; 0 when there is none.
    ticket       bigint not null,
    -- What was found, with its numbers.
    words        text not null,
    raised_at    bigint not null,
    react_by     bigint not null,
    reactor_kind text not null,
    reactor      bigint not null,
    reaction     text,
    reacted_at   bigint,
    reacted_by   bigint,
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, kind, subject),
    check ((reaction is null) = (reacted_at is null))
);
create index tickets_warnings_city on tickets_warnings (city, id);
create index tickets_warnings_county on tickets_warnings (tenant, id);
create index tickets_warnings_subdistrict on tickets_warnings (subdistrict, id);
create index tickets_warnings_neighborhood on tickets_warnings (neighborhood, id);
create index tickets_warnings_community on tickets_warnings (community, id);
create index tickets_warnings_enterprise on tickets_warnings (enterprise, id);
