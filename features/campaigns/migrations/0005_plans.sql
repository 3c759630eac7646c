-- 联系方式 of the office that runs the campaign, as JSON: office, phone, email; never a person's own number.
alter table campaigns_campaigns add column contact text not null default '{}';
-- 结合开展的另一活动: whose applications' evidence may be used again here (LA-010).
alter table campaigns_campaigns add column linked bigint references campaigns_campaigns (id);

-- 创建方式: how a county goes about its own choice, and the fewer places it has set itself (BJ-008, BJ-009).
create table campaigns_plans (
    tenant    bigint not null,
    campaign  bigint not null references campaigns_campaigns (id),
    selection text not null,
    mode      text not null check (mode in ('all_then_select', 'apply_prescreen_designate')),
    reason    text not null,
    person    bigint not null,
    declared_at bigint not null,
    primary key (tenant, campaign, selection)
);

-- 培育名单: the projects a county takes up because their ground is good (BJ-007), with what it found beforehand.
create table campaigns_candidates (
    tenant    bigint not null,
    campaign  bigint not null references campaigns_campaigns (id),
    community bigint not null,
    finding   text not null,
    person    bigint not null,
    added_at  bigint not null,
    primary key (tenant, campaign, community)
);
create index campaigns_plans_campaign on campaigns_plans (campaign, tenant, selection);
create index campaigns_candidates_campaign on campaigns_candidates (campaign, tenant);
