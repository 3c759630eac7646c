-- 撤销: a campaign that was opened by mistake; it stays to be read, and nothing is done in it any more.
alter table campaigns_campaigns add column withdrawn_at bigint;
alter table campaigns_campaigns add column withdrawn_reason text;

-- 测评组: who scores in a campaign, for its owner (tenant 0) or for one county's own scoring. Nobody named: whoever holds the post.
create table campaigns_panels (
    tenant   bigint not null,
    campaign bigint not null references campaigns_campaigns (id),
    person   bigint not null,
    kind     text not null check (kind in ('member_unit', 'expert', 'third_party')),
    primary key (tenant, campaign, person)
);
