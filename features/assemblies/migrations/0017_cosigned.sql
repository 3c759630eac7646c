-- The newest line of one witness, whatever the others have signed since.
create index assemblies_cosignatures_name on assemblies_cosignatures (tenant, decision, name, size);
