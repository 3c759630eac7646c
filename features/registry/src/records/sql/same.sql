-- A community has few records of one day; adding to the enterprise keeps its index, and a day's whole register, out of it.
select id from registry_records
where community = $2 and kind = $3 and happened_on = $4 and class = $5 and title = $6 and enterprise + 0 = $7 and tenant = $1 and void_reason is null
limit 1
