-- 县直部门 have a list of the cases they were given: by who has it, for nothing of theirs is told by where it lies.
-- Not `handler_kind = 'department'`: SQLite would plan every statement that asks `handler_kind = $n` anew. Only 'department' lies between.
create index tickets_tickets_department on tickets_tickets (handler, stage, answer_by, id) where handler_kind > 'county' and handler_kind < 'e';
-- Parts of cases a body was asked for.
create index tickets_joint_unit on tickets_joint (tenant, kind, unit, outcome, due_on, ticket, n);
