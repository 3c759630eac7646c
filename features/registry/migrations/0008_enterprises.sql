-- The import batch an enterprise came with, so that a batch can be undone; null when entered by hand.
alter table registry_enterprises add column batch bigint;
create index registry_enterprises_batch on registry_enterprises (batch);
