-- 选树活动: opened from a notice. A reference table: one city's few campaigns, on every node.
create table campaigns_campaigns (
    id          bigint primary key,
    city        bigint not null,
    title       text not null,
    pack        text not null,
    -- The pack's files as they were when the campaign opened: a running campaign never changes with the pack.
    pinned      text not null,
    opened_at   bigint not null,
    version     bigint not null
);
create index campaigns_campaigns_city on campaigns_campaigns (city, id);

-- The timetable; periods may overlap. The printed date stays beside an extension.
create table campaigns_periods (
    campaign   bigint not null references campaigns_campaigns (id),
    code       text not null,
    n          bigint not null,
    title      text not null,
    starts_on  text,
    ends_on    text,
    printed_on text,
    reason     text,
    primary key (campaign, code)
);

-- 签收: who has taken note of the notice, per county.
create table campaigns_receipts (
    tenant    bigint not null,
    campaign  bigint not null references campaigns_campaigns (id),
    person    bigint not null,
    signed_at bigint not null,
    primary key (tenant, campaign)
);

-- 名额: how many a county may choose in each selection, and how many it has. The table itself refuses one too many.
create table campaigns_quotas (
    tenant      bigint not null,
    campaign    bigint not null references campaigns_campaigns (id),
    selection   text not null,
    communities bigint not null,
    places      bigint not null,
    used        bigint not null,
    primary key (tenant, campaign, selection),
    check (0 <= used and used <= places)
);

-- 申报: one community's application, with its 附件3.
create table campaigns_applications (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    campaign     bigint not null references campaigns_campaigns (id),
    -- 自愿申请 or 主管部门推荐 (LA-013).
    channel      text not null check (channel in ('self', 'bureau')),
    stage        text not null check (stage in ('draft', 'submitted', 'returned', 'reviewed', 'accepted')),
    -- The form's answers as JSON; names and phones inside are sealed.
    answers      text not null,
    -- Why it was last sent back.
    reason       text,
    submitted_at bigint,
    -- 纸质件收到日期 (LA-014).
    paper_on     text,
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, campaign, community),
    check ((stage = 'returned') <= (reason is not null))
);
create index campaigns_applications_city on campaigns_applications (city, campaign, id);
create index campaigns_applications_county on campaigns_applications (tenant, campaign, id);
create index campaigns_applications_subdistrict on campaigns_applications (subdistrict, campaign, id);
create index campaigns_applications_neighborhood on campaigns_applications (neighborhood, campaign, id);
create index campaigns_applications_community on campaigns_applications (community, campaign, id);
create index campaigns_applications_enterprise on campaigns_applications (enterprise, campaign, id);

-- Who was chosen in which selection, by which decision (LA-019).
create table campaigns_selected (
    tenant      bigint not null,
    campaign    bigint not null references campaigns_campaigns (id),
    selection   text not null,
    application bigint not null,
    decided_on  text not null,
    decision    text not null,
    primary key (tenant, campaign, selection, application)
);

-- 评分表: one assessor's sheet for one application.
create table campaigns_sheets (
    tenant      bigint not null,
    id          bigint not null,
    campaign    bigint not null references campaigns_campaigns (id),
    application bigint not null,
    assessor    bigint not null,
    stage       text not null check (stage in ('open', 'conflicted', 'locked')),
    -- Marks as given, by item: {"1.1": {"mark": "4", "note": ""}}.
    marks       text not null,
    locked_at   bigint,
    version     bigint not null,
    primary key (tenant, id),
    unique (tenant, application, assessor),
    check ((stage = 'locked') = (locked_at is not null))
);
create index campaigns_sheets_assessor on campaigns_sheets (assessor, campaign, id);

-- 公示: a list as it was posted, version by version; what was posted never changes.
create table campaigns_notices (
    campaign  bigint not null references campaigns_campaigns (id),
    version   bigint not null,
    id        bigint not null unique,
    posted_on text not null,
    days      bigint not null,
    next_step text not null,
    body      text not null,
    reason    text not null,
    primary key (campaign, version)
);
