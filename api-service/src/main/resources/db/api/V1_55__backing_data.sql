-- What is softly deleted keeps its content for a while, so that it can be restored.
alter table state_version drop constraint state_version_status_check;
alter table state_version add check (status in
    ('pending', 'finalized', 'discarded', 'backing_data_soft_deleted', 'backing_data_permanently_deleted'));
alter table state_version drop constraint state_version_check;
alter table state_version add check ((status in ('finalized', 'backing_data_soft_deleted')) = (artifact_id is not null));
alter table state_version add column soft_deleted_at timestamptz;
create index state_version_soft_deleted on state_version (soft_deleted_at) where status = 'backing_data_soft_deleted';

alter table configuration_version drop constraint configuration_version_status_check;
alter table configuration_version add check (status in
    ('pending', 'uploaded', 'errored', 'archived', 'backing_data_soft_deleted', 'backing_data_permanently_deleted'));
alter table configuration_version drop constraint configuration_version_check;
alter table configuration_version add check ((status in ('uploaded', 'backing_data_soft_deleted')) = (artifact_id is not null));
alter table configuration_version add column soft_deleted_at timestamptz;
create index configuration_version_soft_deleted on configuration_version (soft_deleted_at)
    where status = 'backing_data_soft_deleted';

-- The facts of a plan for who wants to test policies on them; made soon after they are asked for, and kept for an hour.
create table plan_export (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    run_id          text        not null references run (id) on delete cascade,
    data_type       text        not null,
    status          text        not null check (status in ('pending', 'finished', 'expired', 'errored')),
    error           text,
    artifact_id     text,
    created_at      timestamptz not null,
    finished_at     timestamptz
);
create index plan_export_run on plan_export (run_id);
create index plan_export_open on plan_export (created_at) where status in ('pending', 'finished');

-- How long tokens of a kind may last at most.
create table token_ttl_policy (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    token_type      text        not null check (token_type in ('organization', 'team', 'user', 'audit_trails')),
    max_ttl_ms      bigint      not null check (max_ttl_ms > 0),
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    unique (organization_id, token_type)
);

-- A set with selectors applies to workspaces by their tags.
create table policy_set_tag_selector (
    policy_set_id text    not null references policy_set (id) on delete cascade,
    tag_key       text    not null,
    tag_value     text    not null,
    any_value     boolean not null,
    excluded      boolean not null,
    primary key (policy_set_id, tag_key, tag_value, any_value, excluded)
);

-- Teams can be told of the runs that they may see.
alter table notification_configuration add column team_id text references team (id) on delete cascade;
create index notification_configuration_team on notification_configuration (team_id) where team_id is not null;

-- Whether the trail can be read by its address; it is kept in any case.
create table audit_configuration (
    organization_id text primary key references organization (id) on delete cascade,
    readable        boolean     not null,
    changed_at      timestamptz not null
);
alter table notification_configuration drop constraint notification_configuration_check;
alter table notification_configuration add check (num_nonnulls(workspace_id, project_id, team_id) = 1);
