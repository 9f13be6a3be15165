-- Where the current run stands, told by the room of runs: lists of workspaces are filtered by it.
alter table workspace add column current_run_status text;
update workspace set current_run_status = (select run.status from run where run.id = workspace.current_run_id);
create index workspace_current_run_status on workspace (organization_id, current_run_status);
