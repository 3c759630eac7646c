-- 决定前书面报告 to the party organisations: the day, the paper and its words; null until it was made (FX-030).
alter table assemblies_decisions add column reported text;
