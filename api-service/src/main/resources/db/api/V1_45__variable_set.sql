-- Variables that many workspaces share. A set belongs to its organization, or to one of its projects.
create table variable_set (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    project_id      text references project (id) on delete cascade,
    name            text        not null,
    description     text        not null,
    global          boolean     not null,
    priority        boolean     not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
create unique index variable_set_name on variable_set (organization_id, lower(name));
create index variable_set_project_owner on variable_set (project_id) where project_id is not null;

create table variable_set_workspace (
    variable_set_id text not null references variable_set (id) on delete cascade,
    workspace_id    text not null references workspace (id) on delete cascade,
    primary key (variable_set_id, workspace_id)
);
create index variable_set_workspace_target on variable_set_workspace (workspace_id);

create table variable_set_project (
    variable_set_id text not null references variable_set (id) on delete cascade,
    project_id      text not null references project (id) on delete cascade,
    primary key (variable_set_id, project_id)
);
create index variable_set_project_target on variable_set_project (project_id);

-- A variable is a workspace's, or a set's.
alter table variable alter column workspace_id drop not null;
alter table variable add column variable_set_id text references variable_set (id) on delete cascade;
alter table variable add check ((workspace_id is null) <> (variable_set_id is null));
create unique index variable_key_of_set on variable (variable_set_id, category, key) where variable_set_id is not null;
