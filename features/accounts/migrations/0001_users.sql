-- People who sign in. A reference table: small, on every node.
create table accounts_users (
    id            bigint primary key,
    sign_in_name  text not null unique,
    name          text not null,
    -- argon2id; null for people who have not chosen one yet.
    password_hash text,
    disabled_at   bigint,
    created_at    bigint not null,
    version       bigint not null
);

-- A post somebody holds: role × part of the world × period.
create table accounts_grants (
    id           bigint primary key,
    person       bigint not null references accounts_users (id),
    role         text not null,
    scope_kind   text not null,
    scope_number bigint not null,
    -- 舒城县城市管理局: the body, in words.
    label        text not null,
    valid_from   text not null,
    valid_until  text,
    -- Taken back before its time: the sessions that wore it end with it.
    ended_at     bigint,
    check (valid_until is null or valid_from <= valid_until)
);
create index accounts_grants_person on accounts_grants (person, id);
create index accounts_grants_role on accounts_grants (role, scope_kind, scope_number, id);
-- 三员分立: of the three administrators nobody is two.
create unique index accounts_grants_one_office on accounts_grants (person)
    where ended_at is null and role in ('system_administrator', 'security_administrator', 'audit_administrator');

-- Signed-in browsers, by the keyed hash of their token.
create table accounts_sessions (
    digest     text primary key,
    person     bigint not null references accounts_users (id),
    grant_id   bigint not null references accounts_grants (id),
    device     text not null,
    started_at bigint not null,
    seen_at    bigint not null,
    ends_at    bigint not null
);
create index accounts_sessions_person on accounts_sessions (person, started_at);

-- Failed sign-ins, counted apart for devices that are known and those that are not: guessing from elsewhere does
-- not shut the owner out.
create table accounts_attempts (
    bucket text not null,
    at     bigint not null,
    id     bigint not null,
    primary key (bucket, at, id)
);

-- One-time codes, by their keyed hash.
create table accounts_codes (
    digest  text primary key,
    purpose text not null check (purpose in ('first_administrator', 'choose_password')),
    person  bigint,
    ends_at bigint not null
);
