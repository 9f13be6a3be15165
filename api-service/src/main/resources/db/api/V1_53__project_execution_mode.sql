-- Of new workspaces in the project; absent: as the organization says.
alter table project add column default_execution_mode text check (default_execution_mode in ('remote', 'local'));
