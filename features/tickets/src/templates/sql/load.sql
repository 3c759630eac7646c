select id, category, title, words, version from tickets_templates where tenant = $1 and id = $2 and ended_at is null
