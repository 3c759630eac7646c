-- Whoever objects while signed in as an owner is told of the answer; 0 for anybody else, who may have left a phone.
alter table assemblies_objections add column person bigint not null default 0;
