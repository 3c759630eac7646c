-- 表决范围: the part of a frozen roll that one decision concerns is a version of its own, which names what it was cut from and the
-- buildings and entrances in it. Null for whole rolls.
alter table assemblies_rolls add column cut_from bigint;
alter table assemblies_rolls add column cut_to text;
