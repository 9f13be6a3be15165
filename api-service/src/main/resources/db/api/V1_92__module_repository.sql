-- Modules whose versions are taken from a repository: from its tags, or from a branch when there is one.
alter table registry_module add column vcs_identifier text;
alter table registry_module add column vcs_oauth_token_id text;
alter table registry_module add column vcs_branch text not null default '';
alter table registry_module add column vcs_tag_prefix text not null default '';
alter table registry_module add column vcs_source_directory text not null default '';
alter table registry_module add column vcs_error text;
alter table registry_module add column vcs_due_at timestamptz;
create index registry_module_vcs_due on registry_module (vcs_due_at) where vcs_due_at is not null;
