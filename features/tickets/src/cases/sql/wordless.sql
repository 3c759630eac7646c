select tenant, id, community, number, body, building from tickets_tickets
where (tenant, id) > ($1, $2)
order by tenant, id
limit $3
