-- A month's flow counts a matter where it was put on a meeting's agenda first, however often it comes back to it.
alter table tickets_agenda add column first_put_at bigint not null default 0;
update tickets_agenda set first_put_at = put_at;
drop index tickets_agenda_put;
create index tickets_agenda_put on tickets_agenda (tenant, meeting, first_put_at);
