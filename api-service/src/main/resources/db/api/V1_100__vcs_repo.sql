-- Where a workspace's configuration comes from when it is not uploaded.
alter table workspace add column vcs_identifier text;
alter table workspace add column vcs_branch text not null default '';
alter table workspace add column vcs_oauth_token_id text;
alter table workspace add column vcs_oauth_client_id text;
alter table workspace add column vcs_submodules boolean not null default false;
alter table workspace add column vcs_tags_regex text not null default '';
alter table workspace add column vcs_provider text not null default '';
alter table workspace add column vcs_web_url text not null default '';
alter table workspace add column vcs_awaited boolean not null default false;
create index workspace_vcs on workspace (organization_id, lower(vcs_identifier)) where vcs_identifier is not null;

-- Which commit a configuration is, and what was known of it. Configurations of one commit share one archive.
alter table configuration_version add column commit_sha text;
alter table configuration_version add column ingress jsonb;
alter table configuration_version add column archive_key text;
create index configuration_version_commit on configuration_version (commit_sha text_pattern_ops) where commit_sha is not null;
create index configuration_version_archive on configuration_version (archive_key) where archive_key is not null;
create index configuration_version_artifact on configuration_version (artifact_id) where artifact_id is not null;
