select tenant, ticket from tickets_followers where code = $1
