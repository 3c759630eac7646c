-- SQLite plans without statistics: what is asked together must stand together at the front of one index.
create index campaigns_sheets_application on campaigns_sheets (tenant, application, id);
create index campaigns_sheets_county on campaigns_sheets (tenant, campaign, id);
create index campaigns_sheets_campaign on campaigns_sheets (campaign, id);
create index campaigns_quotas_campaign on campaigns_quotas (campaign, tenant, selection);
create index campaigns_receipts_campaign on campaigns_receipts (campaign, tenant);
create index campaigns_notices_posted on campaigns_notices (posted_on, id);
