insert into campaigns_materials (tenant, application, sections, version) values ($1, $2, $3, 1)
