-- 离线评分: what a device wrote without a network, edit by edit. A device numbers its own edits; each is taken once and
-- in that order, and one that arrives before its predecessor waits here.
create table campaigns_edits (
    tenant  bigint not null,
    sheet   bigint not null,
    -- What the browser calls itself: made at random when a tour is first taken along.
    device  text not null,
    n       bigint not null check (0 < n),
    item    text not null,
    -- The mark and note the device saw before, and those given there, as JSON.
    seen    text not null,
    given   text not null,
    -- disputed: the sheet says something else by now, or the mark cannot be; its assessor chooses.
    state   text not null check (state in ('waiting', 'applied', 'disputed', 'settled')),
    arrived bigint not null,
    primary key (tenant, sheet, device, n)
);
