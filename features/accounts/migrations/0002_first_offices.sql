-- The first start makes two people: one who may make accounts and one who may grant posts. Whoever is only one of
-- them can run no house. Codes last three days at most, so none is carried over.
drop table accounts_codes;
create table accounts_codes (
    digest  text primary key,
    purpose text not null check (purpose in ('first_system_administrator', 'first_security_administrator', 'choose_password')),
    person  bigint,
    ends_at bigint not null,
    check ((purpose = 'choose_password') = (person is not null))
);
create index accounts_codes_purpose on accounts_codes (purpose, person);
