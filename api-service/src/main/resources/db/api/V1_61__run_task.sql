create table run_task (
    id                 text primary key,
    organization_id    text        not null references organization (id) on delete cascade,
    name               text        not null,
    description        text        not null,
    url                text        not null,
    sealed_key         bytea,
    enabled            boolean     not null,
    global             boolean     not null,
    global_enforcement text        not null check (global_enforcement in ('advisory', 'mandatory')),
    global_stages      text        not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null
);
create unique index run_task_name on run_task (organization_id, lower(name));

create table workspace_task (
    id           text primary key,
    workspace_id text        not null references workspace (id) on delete cascade,
    task_id      text        not null references run_task (id) on delete cascade,
    enforcement  text        not null check (enforcement in ('advisory', 'mandatory')),
    stages       text        not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    unique (workspace_id, task_id)
);
create index workspace_task_task on workspace_task (task_id);

-- Stages stand from the run's beginning; their results come when the run comes to them.
create table run_task_stage (
    id         text primary key,
    run_id     text        not null references run (id) on delete cascade,
    stage      text        not null check (stage in ('pre_plan', 'post_plan', 'pre_apply', 'post_apply')),
    status     text        not null check (status in ('pending', 'running', 'passed', 'failed', 'canceled', 'unreachable')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (run_id, stage)
);
create index run_task_stage_running on run_task_stage (id) where status = 'running';

create table run_task_result (
    id                text primary key,
    stage_id          text        not null references run_task_stage (id) on delete cascade,
    run_id            text        not null,
    task_id           text        not null,
    task_name         text        not null,
    task_url          text        not null,
    workspace_task_id text,
    enforcement       text        not null,
    status            text        not null check (status in ('pending', 'running', 'passed', 'failed', 'errored', 'canceled', 'unreachable')),
    message           text        not null,
    url               text        not null,
    outcomes          jsonb       not null,
    token_hash        bytea,
    attempts          int         not null,
    sent              boolean     not null,
    next_at           timestamptz not null,
    end_by            timestamptz not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);
create index run_task_result_stage on run_task_result (stage_id);
create index run_task_result_due on run_task_result (next_at) where status in ('pending', 'running');
