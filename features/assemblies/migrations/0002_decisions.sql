-- 表决: one decision of the owners, from the draft to the final result.
create table assemblies_decisions (
    tenant       bigint not null,
    id           bigint not null,
    city         bigint not null,
    subdistrict  bigint not null,
    neighborhood bigint not null,
    community    bigint not null,
    enterprise   bigint not null,
    n            bigint not null,
    title        text not null,
    stage        text not null check (stage in ('draft', 'noticed', 'sealed', 'provisional', 'final', 'cancelled')),
    -- The frozen roll it rests on, from the notice on.
    roll         bigint,
    -- Heads, revote, precedence of channels and the like, and the agenda, as JSON: pinned with the notice.
    terms        text not null,
    agenda       text not null,
    -- 送审: since when opinions are waited for.
    asked_on     text,
    noticed_on   text,
    opens_at     bigint,
    closes_at    bigint,
    -- 封票: sheets of paper counted per building, as JSON.
    sealed       text not null,
    reason       text not null,
    -- How many leaves its log has: whoever takes the next number holds the row until the commit. And how many are signed.
    leaves       bigint not null,
    signed       bigint not null,
    version      bigint not null,
    primary key (tenant, id),
    unique (tenant, community, n),
    check (stage in ('draft', 'cancelled') or (roll is not null and noticed_on is not null)),
    check ((opens_at is null) = (closes_at is null)),
    check (opens_at < closes_at)
);
create index assemblies_decisions_unsigned on assemblies_decisions (tenant, id) where signed < leaves;
create index assemblies_decisions_city on assemblies_decisions (city, id);
create index assemblies_decisions_county on assemblies_decisions (tenant, id);
create index assemblies_decisions_subdistrict on assemblies_decisions (subdistrict, id);
create index assemblies_decisions_neighborhood on assemblies_decisions (neighborhood, id);
create index assemblies_decisions_community on assemblies_decisions (community, id);

-- 审议意见: what the branch, the neighborhood or the street said before the vote; or that they were exempted, and why.
create table assemblies_reviews (
    tenant   bigint not null,
    decision bigint not null,
    body     text not null check (body in ('branch', 'neighborhood', 'legality')),
    opinion  text not null check (opinion in ('agree', 'adverse', 'exempt')),
    words    text not null,
    person   bigint not null,
    at       bigint not null,
    primary key (tenant, decision, body)
);

-- 表决凭证: a letter per unit, by the keyed hash of its code; a new letter ends the one before. And how the unit was reached.
create table assemblies_letters (
    tenant       bigint not null,
    decision     bigint not null,
    unit         text not null,
    serial       bigint not null,
    digest       text not null,
    delivered_at bigint,
    delivered_by bigint,
    -- 送达方式: 当面, 张贴公告, 短信.
    how          text not null,
    -- 扫楼: 未联系, 已联系, 联系不上.
    contact      text not null check (contact in ('none', 'reached', 'absent')),
    primary key (tenant, decision, unit),
    check ((delivered_at is null) = (delivered_by is null))
);
create index assemblies_letters_digest on assemblies_letters (digest);

-- 表决票: every ballot that ever came, in the order of the log. The choices are sealed until the count.
create table assemblies_ballots (
    tenant   bigint not null,
    decision bigint not null,
    n        bigint not null,
    unit     text not null,
    channel  text not null check (channel in ('online', 'paper')),
    at       bigint not null,
    sealed   text not null,
    -- 作废, by a ruling of the street on an objection; the ballot stays in the log.
    void     bigint not null check (void in (0, 1)),
    primary key (tenant, decision, n)
);
create index assemblies_ballots_unit on assemblies_ballots (tenant, decision, unit, n);

-- The one ballot of a unit that counts: the table itself refuses a second.
create table assemblies_effective (
    tenant   bigint not null,
    decision bigint not null,
    unit     text not null,
    ballot   bigint not null,
    channel  text not null,
    at       bigint not null,
    primary key (tenant, decision, unit)
);

-- 纸质表决票: entered twice, by two people, before it counts.
create table assemblies_sheets (
    tenant      bigint not null,
    id          bigint not null,
    decision    bigint not null,
    -- The number printed on the sheet.
    number      text not null,
    unit        text not null,
    building    text not null,
    received_at bigint not null,
    first_by    bigint not null,
    first       text not null,
    second_by   bigint,
    second      text,
    state       text not null check (state in ('once', 'differs', 'agreed', 'void')),
    version     bigint not null,
    primary key (tenant, id),
    unique (tenant, decision, number),
    check (second_by is null or second_by <> first_by),
    check (state in ('once', 'void') or second is not null)
);
create index assemblies_sheets_decision on assemblies_sheets (tenant, decision, state, number);

-- 表决日志: every step and every ballot as a leaf of a Merkle tree (RFC 6962). Appended, never changed.
create table assemblies_log (
    tenant   bigint not null,
    decision bigint not null,
    n        bigint not null,
    kind     text not null,
    -- Of kind, moment and body together.
    hash     text not null,
    -- Of a ballot its commitment alone: the text lies sealed with the ballot.
    body     text not null,
    at       bigint not null,
    primary key (tenant, decision, n)
);

-- 检查点: the root of the log at a size, signed by the house.
create table assemblies_checkpoints (
    tenant   bigint not null,
    decision bigint not null,
    size     bigint not null,
    note     text not null,
    at       bigint not null,
    primary key (tenant, decision, size)
);

-- 结果: version by version; what was posted never changes.
create table assemblies_results (
    tenant    bigint not null,
    decision  bigint not null,
    n         bigint not null,
    body      text not null,
    posted_on text not null,
    posted_at bigint not null,
    days      bigint not null,
    next_step text not null,
    reason    text not null,
    primary key (tenant, decision, n)
);
