-- The document an opinion rests on, or an exemption of one.
alter table assemblies_reviews add column document text not null default '';
