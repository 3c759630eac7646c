-- 典型经验: what worked in a community, told by who runs it, published by the campaign's owner (LA-029).
create table campaigns_practices (
    tenant       bigint not null,
    id           bigint not null,
    campaign     bigint not null references campaigns_campaigns (id),
    application  bigint not null,
    community    bigint not null,
    title        text not null,
    body         text not null,
    -- drafted by the county or the enterprise, published or returned by the owner.
    stage        text not null check (stage in ('submitted', 'returned', 'published', 'withdrawn')),
    -- Why it was sent back or taken down.
    reason       text not null,
    published_at bigint,
    version      bigint not null,
    primary key (tenant, id),
    check ((stage = 'published') <= (published_at is not null))
);
create index campaigns_practices_campaign on campaigns_practices (campaign, id);
create index campaigns_practices_published on campaigns_practices (stage, published_at, id);
create index campaigns_practices_community on campaigns_practices (community, id);

-- 宣传记录: where and when something about the campaign was told to the public (LA-030, BJ-019).
create table campaigns_publications (
    tenant       bigint not null,
    id           bigint not null,
    campaign     bigint not null references campaigns_campaigns (id),
    -- 0: about the campaign as a whole.
    practice     bigint not null,
    channel      text not null check (channel in ('wechat', 'website', 'newspaper', 'broadcast', 'other')),
    medium       text not null,
    title        text not null,
    link         text not null,
    published_on text not null,
    person       bigint not null,
    void_reason  text,
    version      bigint not null,
    primary key (tenant, id)
);
create index campaigns_publications_campaign on campaigns_publications (campaign, published_on, id);

-- 进展评估: how far a county is, seen by an assessor from outside, with the campaign's own figures of that day (LA-028).
create table campaigns_progress (
    tenant      bigint not null,
    id          bigint not null,
    campaign    bigint not null references campaigns_campaigns (id),
    seen_on     text not null,
    -- What the house itself counted at that moment, as JSON: communities, submitted, accepted, recommended, places.
    figures     text not null,
    verdict     text not null check (verdict in ('ahead', 'on_course', 'behind')),
    found       text not null,
    advice      text not null,
    person      bigint not null,
    filed_at    bigint not null,
    -- 县区回应.
    answer      text,
    answered_at bigint,
    version     bigint not null,
    primary key (tenant, id)
);
create index campaigns_progress_campaign on campaigns_progress (campaign, tenant, id);

-- 附: 小区基本情况材料, three sections for every community recommended (LA-055).
create table campaigns_materials (
    tenant      bigint not null,
    application bigint not null,
    -- Title and text of each section as JSON, in the order of the form.
    sections    text not null,
    version     bigint not null,
    primary key (tenant, application)
);
