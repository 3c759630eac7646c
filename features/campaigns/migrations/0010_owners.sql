-- 主办单位: a campaign that a county opened for itself alone; null for a city's.
alter table campaigns_campaigns add column tenant bigint;

-- 签收 of a county's campaign, by its streets and townships.
create table campaigns_street_receipts (
    tenant      bigint not null,
    campaign    bigint not null references campaigns_campaigns (id),
    subdistrict bigint not null,
    person      bigint not null,
    signed_at   bigint not null,
    primary key (tenant, campaign, subdistrict)
);
