-- Amounts are US dollars a month. A budget of the whole organization has neither project nor workspace.
create table budget (
    id               text primary key,
    organization_id  text        not null references organization (id) on delete cascade,
    project_id       text references project (id) on delete cascade,
    workspace_id     text references workspace (id) on delete cascade,
    name             text        not null,
    maximum_monthly  numeric(14, 2) check (maximum_monthly >= 0),
    maximum_increase numeric(14, 2) check (maximum_increase >= 0),
    action           text        not null check (action in ('warn', 'approval', 'block')),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    check (project_id is null or workspace_id is null),
    check (maximum_monthly is not null or maximum_increase is not null)
);
create unique index budget_name on budget (organization_id, lower(name));
create index budget_project on budget (project_id);
create index budget_workspace on budget (workspace_id);
