-- 申请延期: since when somebody waits for an answer to it; null when nobody does. Those who wait are few, whatever is stored.
alter table tickets_tickets add column asked_at bigint;
update tickets_tickets set asked_at = (
    select max(s.at) from tickets_steps s where s.tenant = tickets_tickets.tenant and s.ticket = tickets_tickets.id and s.step = 'extension_asked'
        and not exists (
            select 1 from tickets_steps l where l.tenant = s.tenant and l.ticket = s.ticket and l.n > s.n and l.step in ('extension_refused', 'extended')
        )
)
where stage = 'accepted' and extended = 0;
-- Small ones, one for each part of the world whose office answers them.
create index tickets_tickets_asked on tickets_tickets (tenant, answer_by, id) where asked_at is not null;
create index tickets_tickets_asked_city on tickets_tickets (city, answer_by, id) where asked_at is not null;
create index tickets_tickets_asked_subdistrict on tickets_tickets (subdistrict, answer_by, id) where asked_at is not null;
create index tickets_tickets_asked_neighborhood on tickets_tickets (neighborhood, answer_by, id) where asked_at is not null;
