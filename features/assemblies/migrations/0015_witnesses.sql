-- 见证: programs with keys of their own that co-sign a log's checkpoints after they have seen that it only grew.
create table assemblies_witnesses (
    tenant   bigint not null,
    decision bigint not null,
    name     text not null,
    -- Ed25519, as hexadecimal digits.
    key      text not null,
    added_by bigint not null,
    added_at bigint not null,
    primary key (tenant, decision, name)
);

create table assemblies_cosignatures (
    tenant   bigint not null,
    decision bigint not null,
    size     bigint not null,
    name     text not null,
    -- The line as it came (C2SP tlog-cosignature).
    line     text not null,
    at       bigint not null,
    primary key (tenant, decision, size, name)
);
