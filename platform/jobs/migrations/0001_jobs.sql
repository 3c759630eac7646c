-- 发件箱: what leaves the house, put down in the unit of work that causes it and sent after that is durable. Each is sent at
-- least once under its own id, by which the other side tells a second time from a second message.
create table jobs_messages (
    tenant      bigint not null,
    id          bigint not null,
    -- How it goes, which is who sends it: webhook.
    kind        text not null,
    -- Where to, and what about: ids that whoever sends it understands.
    destination bigint not null,
    subject     bigint not null,
    -- Forgotten with its row some months after it is through; whoever puts personal data in it seals it.
    body        text not null,
    state       text not null check (state in ('queued', 'delivered', 'failed')),
    tries       bigint not null,
    -- When it is tried next; null when it is through. While somebody is sending it, when they are given up on.
    due_at      bigint,
    -- What the last try came to, in words.
    said        text not null,
    created_at  bigint not null,
    finished_at bigint,
    primary key (tenant, id),
    check ((state = 'queued') = (due_at is not null)),
    check ((state = 'queued') = (finished_at is null))
);
create index jobs_messages_due on jobs_messages (tenant, due_at) where due_at is not null;
create index jobs_messages_subject on jobs_messages (tenant, subject, id);
create index jobs_messages_destination on jobs_messages (destination, created_at, id);
create index jobs_messages_finished on jobs_messages (finished_at) where finished_at is not null;
