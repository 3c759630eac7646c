select id, category, title, words, version from tickets_templates where tenant = $1 and ended_at is null order by category, id limit 500
