-- 非文件数字: whether the clocks a case runs by were a draft when it was filed. Confirming a profile later changes no running case, and not this.
alter table tickets_tickets add column draft text not null default 'no' check (draft in ('yes', 'no'));
-- A county that confirmed more than once has forgotten when it did so first: its cases are taken as confirmed.
update tickets_tickets set draft = 'yes'
where not exists (
    select 1 from tickets_profiles p
    where p.tenant = tickets_tickets.tenant and p.document is not null and (1 < p.version or p.confirmed_on <= tickets_tickets.filed_on)
);
