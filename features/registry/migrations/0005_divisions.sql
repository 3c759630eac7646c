-- A division is renamed and recoded by people, who must not write over each other.
alter table registry_divisions add column version bigint not null default 1;
