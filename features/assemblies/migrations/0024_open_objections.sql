-- What waits for an answer in a county.
create index assemblies_objections_open on assemblies_objections (tenant, filed_at) where outcome = 'open';
