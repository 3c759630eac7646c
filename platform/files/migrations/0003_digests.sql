-- Bytes are asked about by their digest when the folder is swept.
create index files_attachments_digest on files_attachments (digest);
