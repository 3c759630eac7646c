-- Who did what to which thing, under which hat and by which permission. Only ever inserted into.
create table store_audit (
    tenant     bigint not null,
    id         bigint not null,
    at         bigint not null,
    person     bigint not null,
    grant_id   bigint not null,
    role       text not null,
    permission text not null,
    event      text not null,
    subject    bigint not null,
    body       text not null,
    primary key (tenant, id)
);
create index store_audit_subject on store_audit (tenant, subject, id);

-- The chain over the committed audit rows of each tenant, sealed a moment after they were written.
create table store_seals (
    tenant bigint not null,
    seq    bigint not null,
    audit  bigint not null,
    hash   text not null,
    primary key (tenant, seq),
    unique (tenant, audit)
);

-- The chain's head as it was signed, so that a rewritten chain no longer fits.
create table store_heads (
    tenant    bigint not null,
    seq       bigint not null,
    hash      text not null,
    at        bigint not null,
    signature text not null,
    primary key (tenant, seq)
);

-- Refusals, outside the audit chain: who was stopped at what.
create table store_security_log (
    id         bigint primary key,
    at         bigint not null,
    person     bigint not null,
    grant_id   bigint not null,
    permission text not null,
    why        text not null check (why in ('out_of_scope', 'not_this_verb', 'sign_in_failed', 'throttled'))
);
create index store_security_log_at on store_security_log (at, id);

-- Idempotency keys that a committed effect has used up, and where that effect can be seen.
create table store_keys (
    person bigint not null,
    key    text not null,
    url    text not null,
    at     bigint not null,
    primary key (person, key)
);
create index store_keys_at on store_keys (at);

-- Settings of this store as a whole: whether it is a demo, where its clock stands.
create table store_settings (
    name  text primary key,
    value text not null
);
