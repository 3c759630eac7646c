-- 得分告知: from when to when the applicants may read how they were scored, and appeal, before the list is posted.
create table campaigns_hearings (
    campaign  bigint primary key references campaigns_campaigns (id),
    opened_on text not null,
    closes_on text not null,
    opened_by bigint not null
);

-- 申诉: what an applicant raises against one item's score, one gate or one veto. Answered by whoever decides on it.
create table campaigns_appeals (
    tenant      bigint not null,
    id          bigint not null,
    campaign    bigint not null references campaigns_campaigns (id),
    application bigint not null,
    -- item:1.2, a gate's condition or a veto: gate:g4.1, veto:v1.
    subject     text not null,
    -- What the subject said when it was raised: registers and scores go on.
    says        text not null,
    body        text not null,
    filed_by    bigint not null,
    filed_at    bigint not null,
    due_on      text not null,
    outcome     text not null check (outcome in ('open', 'upheld', 'dismissed')),
    answer      text,
    answered_at bigint,
    answered_by bigint,
    -- The locked sheets the score rested on when it was raised: an upheld one waits until other sheets are counted.
    scored_by   text not null,
    version     bigint not null,
    primary key (tenant, id),
    foreign key (tenant, application) references campaigns_applications (tenant, id),
    check ((outcome = 'open') = (answer is null))
);
create index campaigns_appeals_application on campaigns_appeals (tenant, application, id);
create index campaigns_appeals_campaign on campaigns_appeals (campaign, id);
