insert into messages_feeds (person, post, digest, since) values ($1, $2, $3, $4)
on conflict (person, post) do update set digest = $3, since = $4
