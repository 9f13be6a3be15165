-- What a host knows a repository by for good, and another name of it that somebody has told of and the host has yet to confirm.
alter table repository add column host_id text;
alter table repository add column name_told text;
