-- A sheet is saved over and over while it is filled in: where its page has room beside it, PostgreSQL keeps the new version there and
-- no index is touched, so that assessors who save at the same time do not undo each other.
/*[postgres] alter table campaigns_sheets set (fillfactor = 15);*/
