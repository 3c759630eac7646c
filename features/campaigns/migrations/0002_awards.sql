-- A sheet the campaign's owner takes out of the count, with the reason: its assessor left, or scored the wrong place.
alter table campaigns_sheets add column void_reason text;
-- Whose scoring a sheet belongs to: the county scores its own applicants first, the city those recommended (LA-019, LA-022).
alter table campaigns_sheets add column level text not null default 'city' check (level in ('city', 'county'));

-- 细化标准: how a county shares a group's weight out over its items (LA-054). Changing it recomputes every total.
create table campaigns_refinements (
    tenant   bigint not null,
    campaign bigint not null references campaigns_campaigns (id),
    -- The refining standard.toml, checked before it is kept.
    standard text not null,
    reason   text not null,
    version  bigint not null,
    primary key (tenant, campaign)
);

-- 异议: what somebody raises against a posted list while it is posted, or an applicant against its own result. Kept
-- for ever, answered in the open; who raised it is sealed.
create table campaigns_objections (
    tenant      bigint not null,
    id          bigint not null,
    campaign    bigint not null references campaigns_campaigns (id),
    notice      bigint not null,
    -- 0: against the list as a whole.
    application bigint not null,
    body        text not null,
    contact     text not null,
    filed_at    bigint not null,
    due_on      text not null,
    -- 采纳 needs a corrected list; 不采纳 says why.
    outcome     text not null check (outcome in ('open', 'upheld', 'dismissed')),
    answer      text,
    answered_at bigint,
    answered_by bigint,
    -- The newest posted version when it was answered: an upheld one asks for a later version than that.
    answered_version bigint,
    version     bigint not null,
    primary key (tenant, id),
    check ((outcome = 'open') = (answer is null))
);
create index campaigns_objections_campaign on campaigns_objections (campaign, outcome, id);

-- 由人选定: proposed by one person with a reason, in force only when a second confirms it.
create table campaigns_choices (
    tenant       bigint not null,
    id           bigint not null,
    campaign     bigint not null references campaigns_campaigns (id),
    selection    text not null,
    application  bigint not null,
    reason       text not null,
    proposed_by  bigint not null,
    proposed_at  bigint not null,
    confirmed_by bigint,
    confirmed_at bigint,
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, campaign, selection, application),
    check (confirmed_by is null or confirmed_by <> proposed_by)
);
create index campaigns_choices_campaign on campaigns_choices (campaign, selection, id);

-- 认定: the list confirmed after its posting, with the document that says so; each goes into the honours register.
create table campaigns_awards (
    tenant      bigint not null,
    id          bigint not null,
    campaign    bigint not null references campaigns_campaigns (id),
    selection   text not null,
    application bigint not null,
    rank        bigint not null,
    name        text not null,
    place       text not null,
    enterprise  text not null,
    total       text not null,
    title       text not null,
    document    text not null,
    awarded_on  text not null,
    primary key (tenant, id),
    unique (tenant, campaign, selection, application)
);
create index campaigns_awards_campaign on campaigns_awards (campaign, selection, rank);
