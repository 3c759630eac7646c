select o.ticket, s.name, o.outside
from tickets_outside o
join tickets_systems s on s.id = o.system
where o.tenant = $1 and o.ticket in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)
order by o.ticket, s.name, o.outside
