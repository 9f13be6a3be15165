-- Lists and searches of many workspaces and runs are read by index, in the order in which they are shown.

-- Parts of names and messages are found by their trigrams. The extension may be there already, in any schema.
do $$
declare
    home text;
begin
    if not exists (select 1 from pg_extension where extname = 'pg_trgm') then
        create extension pg_trgm;
    end if;
    select nspname into home from pg_extension e join pg_namespace n on n.oid = e.extnamespace where extname = 'pg_trgm';
    execute format('create index workspace_name_part on workspace using gin (lower(name) %I.gin_trgm_ops)', home);
    execute format('create index run_text on run using gin'
        ' (lower(id) %1$I.gin_trgm_ops, lower(message) %1$I.gin_trgm_ops, lower(created_by_name) %1$I.gin_trgm_ops)', home);
end
$$;

-- With the id inside, deep pages and totals need not touch the rows.
drop index workspace_name;
create unique index workspace_name on workspace (organization_id, name) include (id);
drop index workspace_project;
create index workspace_project on workspace (project_id, name) include (id);
drop index workspace_current_run_status;
create index workspace_current_run_status on workspace (organization_id, current_run_status, name) include (id);
create index workspace_oldest_run on workspace (organization_id, current_run_since, name) include (id);
create index workspace_newest_run on workspace (organization_id, current_run_since desc nulls last, name) include (id);
create index workspace_changed on workspace (organization_id, changed_at, name) include (id);
drop index workspace_tag_key;
create index workspace_tag_key on workspace_tag (key, value, workspace_id);

drop index run_of_workspace;
create index run_of_workspace on run (workspace_id, number desc) include (plan_only);
create index run_of_organization_by_status on run (organization_id, status, number desc);
create index run_unfinished_of_workspace on run (workspace_id, number) where not finished;
create index run_unfinished_of_organization on run (organization_id, number) where not finished;
