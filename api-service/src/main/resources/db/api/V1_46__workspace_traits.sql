-- A private key for git module sources; sealed, never shown again.
create table ssh_key (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    name            text        not null,
    sealed          bytea       not null,
    created_at      timestamptz not null
);
create unique index ssh_key_name on ssh_key (organization_id, name);

alter table workspace add column auto_apply_run_trigger boolean not null default false;
alter table workspace add column speculative_enabled boolean not null default true;
alter table workspace add column file_triggers_enabled boolean not null default true;
alter table workspace add column trigger_prefixes text[] not null default '{}';
alter table workspace add column trigger_patterns text[] not null default '{}';
alter table workspace add column source_name text not null default '';
alter table workspace add column source_url text not null default '';
alter table workspace add column global_remote_state boolean not null default false;
alter table workspace add column project_remote_state boolean not null default false;
alter table workspace add column auto_destroy_at timestamptz;
alter table workspace add column auto_destroy_activity_duration text not null default '';
alter table workspace add column auto_destroy_status text not null default '';
alter table workspace add column ssh_key_id text references ssh_key (id) on delete set null;
create index workspace_auto_destroy on workspace (auto_destroy_at) where auto_destroy_at is not null;
create index workspace_ssh_key on workspace (ssh_key_id) where ssh_key_id is not null;

-- Workspaces whose runs may read this one's state.
create table remote_state_consumer (
    workspace_id text not null references workspace (id) on delete cascade,
    consumer_id  text not null references workspace (id) on delete cascade,
    primary key (workspace_id, consumer_id)
);
create index remote_state_consumer_of on remote_state_consumer (consumer_id);

-- Starts a run in the workspace after each apply in the source.
create table run_trigger (
    id           text primary key,
    workspace_id text        not null references workspace (id) on delete cascade,
    source_id    text        not null references workspace (id) on delete cascade,
    created_at   timestamptz not null,
    unique (workspace_id, source_id),
    check (workspace_id <> source_id)
);
create index run_trigger_source on run_trigger (source_id);

-- Written in the transaction of the apply, removed in that of the run that it starts.
create table run_trigger_firing (
    id             bigint generated always as identity primary key,
    run_trigger_id text        not null references run_trigger (id) on delete cascade,
    source_run_id  text        not null,
    created_at     timestamptz not null
);
