-- A small artifact lies in its row, sealed: it comes and goes with its transaction, and no file has to be forced to the disk for it.
alter table artifact alter column sealed_key drop not null;
alter table artifact add column sealed_content bytea;
alter table artifact add check ((sealed_key is null) <> (sealed_content is null));
-- What is encrypted does not compress.
alter table artifact alter column sealed_content set storage external;
comment on column artifact.sealed_key is 'of the file in the artifact directory; null when the content lies here';
