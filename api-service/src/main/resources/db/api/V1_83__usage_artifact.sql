-- Every stored usage file, so that those that nothing names any more are found and deleted: what was replaced or deleted, and what went with its
-- workspace, project, organization or configuration.
create table usage_artifact (
    artifact_id  text primary key references artifact (id),
    stored_at    timestamptz not null,
    unused_since timestamptz
);
create index usage_artifact_unused on usage_artifact (unused_since);
insert into usage_artifact (artifact_id, stored_at)
select artifact_id, min(updated_at) from usage_file group by artifact_id;
-- What was shipped with a configuration whose archive is gone serves no run.
delete from usage_file
where owner_id in
      (select id from configuration_version where status in ('archived', 'backing_data_permanently_deleted'));
