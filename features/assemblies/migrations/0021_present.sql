-- 到会: when a unit's owner signed in at the meeting; null for whoever did not come. Coming is no vote.
alter table assemblies_letters add column present_at bigint;
