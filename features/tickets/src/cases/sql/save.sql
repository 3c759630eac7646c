update tickets_tickets
set stage = $4, handler_kind = $5, handler = $6, words = $7, level = $8, round = $9, answer_by = $10, wakes_at = $11, dispatched_v = $12, contacted_v = $13, answered_v = $14,
    solved = $15, satisfied = $16, extended = $17, urged = $18, supervised = $19, merged_into = $20, closed_at = $21, enterprise = $22,
    asked_at = case when $4 = 'accepted' and extended = $17 then asked_at end, version = version + 1
where tenant = $1 and id = $2 and version = $3
