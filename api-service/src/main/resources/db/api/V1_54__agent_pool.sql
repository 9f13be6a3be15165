-- Agents run the phases of workspaces whose execution mode is "agent". A pool is for the whole organization, or for what it allows.
create table agent_pool (
    id                  text primary key,
    organization_id     text        not null references organization (id) on delete cascade,
    name                text        not null,
    organization_scoped boolean     not null,
    created_at          timestamptz not null
);
create unique index agent_pool_name on agent_pool (organization_id, lower(name));

create table agent_pool_workspace (
    pool_id      text    not null references agent_pool (id) on delete cascade,
    workspace_id text    not null references workspace (id) on delete cascade,
    excluded     boolean not null,
    primary key (pool_id, workspace_id, excluded)
);
create index agent_pool_workspace_workspace on agent_pool_workspace (workspace_id);

create table agent_pool_project (
    pool_id    text not null references agent_pool (id) on delete cascade,
    project_id text not null references project (id) on delete cascade,
    primary key (pool_id, project_id)
);

create table agent (
    id           text primary key,
    pool_id      text        not null references agent_pool (id) on delete cascade,
    name         text        not null,
    address      text,
    busy         boolean     not null,
    exited       boolean     not null,
    created_at   timestamptz not null,
    last_ping_at timestamptz not null
);
create index agent_pool_agents on agent (pool_id, last_ping_at desc);

-- Which agent was given which job; given again when the agent does not claim it.
create table agent_job (
    job      text primary key,
    run_id   text        not null references run (id) on delete cascade,
    agent_id text        not null,
    given_at timestamptz not null
);
create index agent_job_run on agent_job (run_id);

alter table workspace drop constraint workspace_execution_mode_check;
alter table workspace add check (execution_mode in ('remote', 'local', 'agent'));
alter table workspace add column own_execution_mode boolean not null default true;
alter table workspace add column agent_pool_id text references agent_pool (id);
create index workspace_agent_pool on workspace (agent_pool_id) where agent_pool_id is not null;

alter table organization drop constraint organization_default_execution_mode_check;
alter table organization add check (default_execution_mode in ('remote', 'local', 'agent'));
alter table organization add column default_agent_pool_id text;

alter table project drop constraint project_default_execution_mode_check;
alter table project add check (default_execution_mode in ('remote', 'local', 'agent'));
alter table project add column default_agent_pool_id text;

alter table run add column agent_pool_id text;
create index run_agent_pool on run (agent_pool_id) where agent_pool_id is not null and finished = false;
