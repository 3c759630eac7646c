-- A file's rows in blocks, as a JSON list of [line, [cells]]: a hundred thousand rows are some hundred writes.
create table registry_import_blocks (
    tenant bigint not null,
    import bigint not null,
    -- The first line of the block.
    line   bigint not null,
    rows   text not null,
    primary key (tenant, import, line)
);
insert into registry_import_blocks (tenant, import, line, rows)
select tenant, import, line, '[[' || line || ',' || cells || ']]' from registry_import_rows;

-- The rows that cannot go in, as they stand in the file, each with what is wrong.
create table registry_import_faults (
    tenant bigint not null,
    import bigint not null,
    line   bigint not null,
    cells  text not null,
    fault  text not null,
    primary key (tenant, import, line)
);
insert into registry_import_faults (tenant, import, line, cells, fault)
select tenant, import, line, cells, fault from registry_import_rows where fault is not null;
-- registry_import_rows stays until the next release: a process of the older one may still read it.
