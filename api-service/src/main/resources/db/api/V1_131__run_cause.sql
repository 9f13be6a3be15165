-- What set a run off: the run whose apply did, and the workspace of that, with its name of then.
alter table run add column triggering_run_id text;
alter table run add column triggering_workspace_id text;
alter table run add column triggering_workspace_name text;

-- A comment is something that happened to a run; those made before this have no event.
alter table run_comment add column run_event_id text;
