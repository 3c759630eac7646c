select id, subject, slot, name, media, bytes, digest, holds, person, at from files_attachments where tenant = $1 and subject = $2 and taken_at is null order by id
