-- 来信: one letter for one home, with a code that is good once.
create table owners_letters (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    unit         text not null,
    -- The keyed hash of its code.
    digest       text not null,
    printed_at   bigint not null,
    printed_by   bigint not null,
    ends_at      bigint not null,
    -- 送达: the day it was handed over at the door.
    handed_on    text,
    used_at      bigint,
    void_reason  text,
    version      bigint not null,
    primary key (tenant, id)
);
create index owners_letters_community on owners_letters (community, unit, id);
create index owners_letters_digest on owners_letters (digest);

-- 房屋绑定: whose home it is, as far as the letter at the door says.
create table owners_homes (
    tenant    bigint not null,
    id        bigint not null,
    community bigint not null,
    unit      text not null,
    person    bigint not null,
    letter    bigint not null,
    bound_at  bigint not null,
    ended_at  bigint,
    reason    text,
    version   bigint not null,
    primary key (tenant, id)
);
create index owners_homes_community on owners_homes (community, unit, id);
create index owners_homes_person on owners_homes (person, id);

-- 手机: whose it is, by its keyed hash. Only a phone that a code has come back from opens a door.
create table owners_phones (
    phone_hash  text primary key,
    person      bigint not null,
    phone       text not null,
    verified_at bigint
);
create index owners_phones_person on owners_phones (person);

-- 短信验证码 on its way, one a phone.
create table owners_codes (
    phone_hash text primary key,
    digest     text not null,
    ends_at    bigint not null
);
