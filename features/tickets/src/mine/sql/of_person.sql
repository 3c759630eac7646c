select code from tickets_mine where person = $1 order by at desc, ticket desc limit $2
