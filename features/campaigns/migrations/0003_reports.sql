-- 书面报告: what a county owes the campaign's owner by a day of the timetable, section by section (LA-025, BJ-011, BJ-015).
create table campaigns_reports (
    tenant       bigint not null,
    id           bigint not null,
    campaign     bigint not null references campaigns_campaigns (id),
    form         text not null,
    -- The sections as JSON, in the order of the form.
    sections     text not null,
    submitted_at bigint,
    -- When it was first handed in: sent back for more, it is not late by that.
    handed_at    bigint,
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, campaign, form)
);
create index campaigns_reports_campaign on campaigns_reports (campaign, form, tenant);
