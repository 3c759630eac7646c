insert into tickets_warnings (tenant, id, city, subdistrict, neighborhood, community, enterprise, kind, subject, ticket, words, raised_at, react_by, reactor_kind, reactor, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
on conflict do nothing
