insert into tickets_enforcements (tenant, id, title, category, department, basis, phone, frequent, simple, local, swift, listed_on, ended_for, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', 1)
