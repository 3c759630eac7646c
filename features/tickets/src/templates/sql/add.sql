insert into tickets_templates (tenant, id, category, title, words, version) values ($1, $2, $3, $4, $5, 1)
