-- 等本单位办的: what a body has in hand is read from what it has, whatever its county or city holds.
create index tickets_tickets_held on tickets_tickets (handler_kind, handler, stage, answer_by, id) where handler_kind is not null;
-- By the day it was filed, page after page.
create index tickets_tickets_by_day on tickets_tickets (tenant, filed_on, id);
create index tickets_tickets_by_day_city on tickets_tickets (city, filed_on, id);
create index tickets_tickets_by_day_subdistrict on tickets_tickets (subdistrict, filed_on, id);
create index tickets_tickets_by_day_neighborhood on tickets_tickets (neighborhood, filed_on, id);
create index tickets_tickets_by_day_community on tickets_tickets (community, filed_on, id);
create index tickets_tickets_by_day_enterprise on tickets_tickets (enterprise, filed_on, id);
drop index tickets_tickets_filed;
drop index tickets_tickets_filed_city;
drop index tickets_tickets_filed_subdistrict;
drop index tickets_tickets_filed_neighborhood;
drop index tickets_tickets_filed_community;
drop index tickets_tickets_filed_enterprise;
