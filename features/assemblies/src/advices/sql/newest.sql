select id, seats, party_percent, cross_percent, youngest, oldest, words, given_on from assemblies_advices where community = $1 order by id desc limit 1
