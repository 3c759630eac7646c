-- The mark of the browser a home was bound on, hashed with the house's key; empty where it had none, and before this was noted.
alter table owners_homes add column device text not null default '';
