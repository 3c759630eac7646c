-- 执法下沉小区事项清单 of a county: what its townships take in hand inside communities, each with the four reasons it is on it.
create table tickets_enforcements (
    tenant     bigint not null,
    id         bigint not null,
    title      text not null,
    -- The category of cases it answers; empty when none does.
    category   text not null,
    -- Who leads, by which rule, and where to report it.
    department text not null,
    basis      text not null,
    phone      text not null,
    -- 行使频率较高, 技术门槛不高, 与属地日常管理关联密切, 查处需要及时快速: why, each in words.
    frequent   text not null,
    simple     text not null,
    local      text not null,
    swift      text not null,
    listed_on  text not null,
    ended_on   text,
    ended_for  text not null,
    version    bigint not null,
    primary key (tenant, id),
    check ((ended_on is null) = (ended_for = ''))
);

-- 答复模板 of a county, by category; an empty category is for all.
create table tickets_templates (
    tenant   bigint not null,
    id       bigint not null,
    category text not null,
    title    text not null,
    words    text not null,
    ended_at bigint,
    version  bigint not null,
    primary key (tenant, id)
);

-- 批量办理: what one person did to many cases at once, so that it can be taken back for some minutes.
create table tickets_batches (
    id        bigint primary key,
    person    bigint not null,
    verb      text not null check (verb in ('dispatch', 'supervise')),
    words     text not null,
    done_at   bigint not null,
    undone_at bigint
);
create table tickets_batch_items (
    batch   bigint not null references tickets_batches (id),
    ticket  bigint not null,
    -- The case's version when the batch was through with it: if it is another, somebody has gone on.
    version bigint not null,
    primary key (batch, ticket)
);
