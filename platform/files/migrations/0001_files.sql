-- 附件: what was handed in beside a record. The bytes lie in the files' folder under their own hash; the row says whose
-- they are. A row is never changed; taking a file away keeps who took it and when.
create table files_attachments (
    tenant   bigint not null,
    id       bigint not null,
    -- The record it belongs to, and the place within it: an item, a stage, a side.
    subject  bigint not null,
    slot     text not null,
    name     text not null,
    media    text not null,
    bytes    bigint not null,
    digest   text not null,
    person   bigint not null,
    at       bigint not null,
    taken_by bigint,
    taken_at bigint,
    primary key (tenant, id)
);
create index files_attachments_subject on files_attachments (tenant, subject, id);
