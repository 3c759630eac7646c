-- 作废: a record entered by mistake stays to be read, and bears on nothing any more. Why, and null while it stands.
alter table registry_records add column void_reason text;
