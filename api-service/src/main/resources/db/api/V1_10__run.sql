create table run (
    id                       text primary key,
    number                   bigint generated always as identity unique,
    workspace_id             text        not null references workspace (id) on delete cascade,
    organization_id          text        not null,
    configuration_version_id text        not null,
    plan_only                boolean     not null,
    status                   text        not null,
    finished                 boolean     not null,
    holds_turn               boolean     not null,
    state                    jsonb       not null,
    options                  jsonb       not null,
    timestamps               jsonb       not null,
    variables                bytea,
    message                  text        not null,
    source                   text        not null,
    created_by_id            text        not null,
    created_by_name          text        not null,
    created_at               timestamptz not null,
    changed_at               timestamptz not null,
    engine                   text        not null,
    terraform_version        text        not null,
    exact_version            text,
    job_news                 text,
    version                  integer     not null
);
create index run_of_workspace on run (workspace_id, number desc);
create index run_of_organization on run (organization_id, number desc);
create index run_unfinished on run (number) where not finished;
-- One applying run per workspace, whatever the code believes.
create unique index run_turn on run (workspace_id) where holds_turn;

create table run_event (
    id         text primary key,
    run_id     text        not null references run (id) on delete cascade,
    action     text        not null,
    actor      text        not null,
    comment    text        not null,
    created_at timestamptz not null
);
create index run_event_of_run on run_event (run_id, created_at);
