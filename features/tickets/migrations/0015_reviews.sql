-- 双向评价 of a period is read from the whistles of that period.
create index tickets_whistles_blown on tickets_whistles (tenant, blown_at);
