-- 台账数据核定: what the registers said of a candidate on a day, kept version by version; the owner's ranking counts the newest.
create table campaigns_snapshots (
    tenant      bigint not null,
    application bigint not null,
    version     bigint not null,
    campaign    bigint not null references campaigns_campaigns (id),
    -- The day the facts are told of: later events do not count.
    facts_on    text not null,
    -- Name and value of every fact that was known, as JSON.
    facts       text not null,
    -- Why it was taken anew; empty for the first.
    reason      text not null,
    person      bigint not null,
    at          bigint not null,
    primary key (tenant, application, version)
);
create index campaigns_snapshots_campaign on campaigns_snapshots (campaign, tenant, application, version);
