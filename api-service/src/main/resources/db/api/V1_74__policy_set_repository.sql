-- A set whose policies are taken from a git repository: where they are, and what became of the last look.
alter table policy_set add column vcs_identifier text;
alter table policy_set add column vcs_branch text not null default '';
alter table policy_set add column vcs_oauth_token_id text;
alter table policy_set add column policies_path text not null default '';
alter table policy_set add column vcs_due_at timestamptz;
alter table policy_set add column vcs_error text;
create index policy_set_vcs_due_at on policy_set (vcs_due_at);

alter table policy_set_version add column source text not null default 'tfe-api';
alter table policy_set_version add column commit_sha text;
