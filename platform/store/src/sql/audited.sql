select count(*) as n from (select 1 as one from store_audit limit 1) any_row
