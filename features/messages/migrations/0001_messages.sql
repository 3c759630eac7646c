-- 消息: what a post was told, at the moment of the unit of work that causes it. Its tenant is that of the thing it is about; 0
-- for what belongs to a city. Who held the post then does not matter: whoever holds it finds it.
create table messages_messages (
    tenant       bigint not null,
    subject      bigint not null,
    -- What makes it one message: telling the same twice is telling it once.
    mark         text not null,
    role         text not null,
    scope_kind   text not null,
    scope_number bigint not null,
    title        text not null,
    href         text not null,
    told_at      bigint not null,
    -- First opened by somebody who held the post, and by whom.
    read_at      bigint,
    reader       bigint,
    primary key (tenant, subject, mark, role, scope_kind, scope_number),
    check ((read_at is null) = (reader is null))
);
create index messages_messages_inbox on messages_messages (scope_kind, scope_number, role, told_at, subject);
create index messages_messages_unread on messages_messages (scope_kind, scope_number, role) where read_at is null;

-- 短信 that went to somebody about something; how it went is with the outbox's message of the same id, and what the carrier
-- reported after that is here.
create table messages_texts (
    tenant     bigint not null,
    id         bigint not null,
    subject    bigint not null,
    -- Whom, in words, and where to, masked: 李春梅, 138****0001.
    name       text not null,
    phone      text not null,
    sent_at    bigint not null,
    receipt    text check (receipt in ('delivered', 'failed')),
    receipt_at bigint,
    said       text not null,
    primary key (tenant, id),
    check ((receipt is null) = (receipt_at is null))
);
create index messages_texts_subject on messages_texts (tenant, subject, id);

-- 短信提醒 of somebody who works here: their own phone, sealed.
create table messages_phones (
    person bigint primary key,
    phone  text not null,
    masked text not null,
    since  bigint not null
);

-- 日历订阅: an address that programs read a post's deadlines from, by the keyed hash of its secret part. One a post.
create table messages_feeds (
    person   bigint not null,
    post     bigint not null,
    digest   text not null unique,
    since    bigint not null,
    primary key (person, post)
);
