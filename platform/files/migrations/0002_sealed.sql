-- A file that lies sealed has a digest of what it holds beside that of its bytes: what others know it by.
alter table files_attachments add column holds text;
