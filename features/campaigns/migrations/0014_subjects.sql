-- 评选对象: what is selected where it is not the community itself, under the name it is posted by.
alter table campaigns_applications add column subject text;
-- Who nominates itself, where it is not the enterprise.
alter table campaigns_applications add column applicant text check (applicant in ('committee'));

-- 主送单位 of a city's campaign or a county's: the numbers of counties or ids of streets as JSON; empty: all of them.
alter table campaigns_campaigns add column addressees text not null default '[]';
