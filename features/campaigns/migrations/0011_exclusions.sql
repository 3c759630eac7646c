-- 撤下: a candidate the campaign's owner took out of the count after the recommendation, and why; kept for ever.
create table campaigns_exclusions (
    tenant      bigint not null,
    application bigint not null,
    campaign    bigint not null,
    reason      text not null,
    document    text not null,
    person      bigint not null,
    at          bigint not null,
    primary key (tenant, application)
);
create index campaigns_exclusions_campaign on campaigns_exclusions (campaign, at);
