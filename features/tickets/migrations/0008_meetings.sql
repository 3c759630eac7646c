-- 联席会议: what a meeting decided about a matter that nobody below could solve, and when (SC-014–016).
alter table tickets_agenda add column words text not null default '';
alter table tickets_agenda add column decided_at bigint;
alter table tickets_agenda add column version bigint not null default 1;
create index tickets_agenda_open on tickets_agenda (tenant, meeting, id) where outcome is null;
create index tickets_agenda_ticket on tickets_agenda (tenant, ticket, id);
