-- Who was told of a case is with the messages now, one list for the whole house; of cases filed before, that is in the audit
-- log by its events alone.
drop table tickets_told;
