-- 第二因子: a person's generator of one-time codes (RFC 6238). The secret is sealed; a code is good once.
create table accounts_factors (
    person       bigint primary key references accounts_users (id),
    secret       text not null,
    -- Empty until a first code has shown that the person's device has the secret.
    confirmed_at bigint,
    -- The time step of the newest code that was used.
    last_step    bigint not null
);

-- Half a sign-in: the password was right, the code is still to come. By the keyed hash of the browser's token.
create table accounts_halves (
    digest  text primary key,
    person  bigint not null references accounts_users (id),
    ends_at bigint not null
);

-- When the person behind a session last showed who they are: sensitive acts ask again after a while.
alter table accounts_sessions add column shown_at bigint not null default 0;
