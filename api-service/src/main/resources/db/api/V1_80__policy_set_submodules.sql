-- Whether the submodules of a set's repository are taken along.
alter table policy_set add column vcs_submodules boolean not null default false;
