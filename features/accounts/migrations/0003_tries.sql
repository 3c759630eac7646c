-- Tries are counted by the store itself now, for every room alike.
drop table accounts_attempts;
