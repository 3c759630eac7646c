-- A sheet is saved every few seconds while it is filled in. With room left on its page a new version stays there and touches no index, so
-- that assessors who save at the same moment do not undo each other. SQLite has one writer and needs none.
/*[postgres]alter table campaigns_sheets set (fillfactor = 40);*/
