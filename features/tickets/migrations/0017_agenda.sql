-- What was put on a meeting's agenda within a period.
create index tickets_agenda_put on tickets_agenda (tenant, meeting, put_at);
