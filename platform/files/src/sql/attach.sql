insert into files_attachments (tenant, id, subject, slot, name, media, bytes, digest, person, at, holds) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
