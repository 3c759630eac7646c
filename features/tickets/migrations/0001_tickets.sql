-- 时限方案: which clocks a county runs, pinned as text, and by which document it confirmed them.
create table tickets_profiles (
    tenant       bigint not null primary key,
    name         text not null,
    pinned       text not null,
    document     text,
    confirmed_on text,
    version      bigint not null,
    check ((document is null) = (confirmed_on is null))
);

-- 诉求案件. What is filtered or sorted is a column; the reporter's name, phone and door are sealed.
create table tickets_tickets (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    number       bigint not null,
    category     text not null,
    kind         text not null,
    urgency      text not null,
    openness     text not null check (openness in ('public', 'private', 'anonymous')),
    channel      text not null,
    body         text not null,
    building     text not null,
    -- Name, phone and door as sealed JSON.
    contact      text not null,
    -- Keyed hashes: of the phone's last four digits with the number, and of the tracking code.
    tail         text not null,
    code         text not null,
    stage        text not null check (stage in
        ('filed', 'dispatched', 'returned', 'accepted', 'answered', 'closed', 'declined', 'transferred', 'withdrawn', 'merged')),
    -- Who has it; set exactly while somebody has.
    handler_kind text,
    handler      bigint,
    -- The reason, answer or outcome that the stage carries.
    words        text not null,
    -- 吹哨 level: 1 company, committee and branch; 2 neighborhood; 3 township; 4 on the joint meeting's agenda.
    level        bigint not null,
    round        bigint not null,
    filed_at     bigint not null,
    filed_on     text not null,
    dispatch_by  bigint not null,
    contact_by   bigint not null,
    answer_by    bigint not null,
    -- When the clock next has to look at it; null when no clock runs.
    wakes_at     bigint,
    -- Stamped at the step and never changed: 'in_time' or 'late'.
    dispatched_v text check (dispatched_v in ('in_time', 'late')),
    contacted_v  text check (contacted_v in ('in_time', 'late')),
    answered_v   text check (answered_v in ('in_time', 'late')),
    solved       text check (solved in ('yes', 'no')),
    satisfied    text check (satisfied in ('yes', 'no')),
    extended     bigint not null,
    urged        bigint not null,
    supervised   bigint not null,
    merged_into  bigint,
    closed_at    bigint,
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, number),
    check ((stage in ('dispatched', 'returned', 'accepted', 'answered')) <= (handler_kind is not null)),
    check ((stage = 'merged') = (merged_into is not null)),
    check ((handler_kind is null) = (handler is null))
);
create index tickets_tickets_city on tickets_tickets (city, stage, answer_by, id);
create index tickets_tickets_county on tickets_tickets (tenant, stage, answer_by, id);
create index tickets_tickets_subdistrict on tickets_tickets (subdistrict, stage, answer_by, id);
create index tickets_tickets_neighborhood on tickets_tickets (neighborhood, stage, answer_by, id);
create index tickets_tickets_community on tickets_tickets (community, stage, answer_by, id);
create index tickets_tickets_enterprise on tickets_tickets (enterprise, stage, answer_by, id);
create index tickets_tickets_wakes on tickets_tickets (tenant, wakes_at);
create index tickets_tickets_code on tickets_tickets (code);
create index tickets_tickets_filed on tickets_tickets (tenant, filed_on);
create index tickets_tickets_filed_city on tickets_tickets (city, filed_on);
create index tickets_tickets_filed_subdistrict on tickets_tickets (subdistrict, filed_on);
create index tickets_tickets_filed_neighborhood on tickets_tickets (neighborhood, filed_on);
create index tickets_tickets_filed_community on tickets_tickets (community, filed_on);
create index tickets_tickets_filed_enterprise on tickets_tickets (enterprise, filed_on);

-- The case line: every step in order, with the words everybody who may see the case reads.
create table tickets_steps (
    tenant bigint not null,
    ticket bigint not null,
    n      bigint not null,
    at     bigint not null,
    step   text not null,
    -- The body that did it, in words; empty for the reporter and the clock.
    by     text not null,
    words  text not null,
    -- Shown to the reporter too.
    open   text not null check (open in ('yes', 'no')),
    primary key (tenant, ticket, n)
);

-- 吹哨报到: one row a level and round, so that each level is blown exactly once.
create table tickets_whistles (
    tenant       bigint not null,
    id           bigint not null,
    ticket       bigint not null,
    level        bigint not null,
    round        bigint not null,
    -- Who blew, in words; the clock when a deadline passed.
    blown_by     text not null,
    reason       text not null,
    responder_kind text not null,
    responder    bigint not null,
    blown_at     bigint not null,
    report_by    bigint not null,
    solve_by     bigint not null,
    reported_at  bigint,
    reported_v   text check (reported_v in ('in_time', 'late')),
    reported_by  text,
    -- 双向评价, one to five, each by the other side.
    of_responder bigint check (of_responder between 1 and 5),
    of_blower    bigint check (of_blower between 1 and 5),
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, ticket, level, round, responder_kind, responder)
);
create index tickets_whistles_ticket on tickets_whistles (tenant, ticket, id);
create index tickets_whistles_responder on tickets_whistles (tenant, responder_kind, responder, reported_at, id);

-- 第一时间: who was told of a case at the moment it was filed, and when that body first opened it.
create table tickets_told (
    tenant    bigint not null,
    ticket    bigint not null,
    body_kind text not null,
    body      bigint not null,
    told_at   bigint not null,
    seen_at   bigint,
    primary key (tenant, ticket, body_kind, body)
);

-- 关注: somebody with the same trouble, who is told the answer too.
create table tickets_followers (
    tenant  bigint not null,
    id      bigint not null,
    ticket  bigint not null,
    code    text not null,
    at      bigint not null,
    primary key (tenant, id)
);
create index tickets_followers_code on tickets_followers (code);

-- 联席会议议题: what could not be solved below, until the meetings' own room takes it over (SC-014–016).
create table tickets_agenda (
    tenant  bigint not null,
    id      bigint not null,
    ticket  bigint not null,
    meeting text not null check (meeting in ('neighborhood', 'alliance', 'county')),
    put_at  bigint not null,
    outcome text,
    primary key (tenant, id),
    unique (tenant, ticket, meeting)
);
