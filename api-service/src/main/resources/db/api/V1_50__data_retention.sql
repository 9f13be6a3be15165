-- How long old states are kept: of a workspace, or of all workspaces of an organization that say nothing themselves.
create table data_retention_policy (
    id              text primary key,
    organization_id text    not null references organization (id) on delete cascade,
    workspace_id    text references workspace (id) on delete cascade,
    -- Nothing is ever deleted when there is no number.
    days            integer check (days between 1 and 36500)
);
create unique index data_retention_policy_workspace on data_retention_policy (workspace_id)
    where workspace_id is not null;
create unique index data_retention_policy_organization on data_retention_policy (organization_id)
    where workspace_id is null;
