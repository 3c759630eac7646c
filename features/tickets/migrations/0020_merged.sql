-- Whoever sent a case that was merged hears what becomes of the one it was merged into.
create index tickets_tickets_merged on tickets_tickets (tenant, merged_into, id) where merged_into is not null;
