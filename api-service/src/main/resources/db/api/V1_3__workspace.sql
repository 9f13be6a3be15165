create table workspace (
    id                 text primary key,
    organization_id    text        not null references organization (id),
    project_id         text        not null references project (id),
    name               text        not null,
    description        text        not null,
    auto_apply         boolean     not null,
    execution_mode     text        not null check (execution_mode in ('remote', 'local')),
    engine             text        not null check (engine in ('terraform', 'tofu')),
    terraform_version  text        not null,
    working_directory  text        not null,
    allow_destroy_plan boolean     not null,
    queue_all_runs     boolean     not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    lock_holder        text check (lock_holder in ('run', 'user', 'organization')),
    lock_holder_id     text,
    lock_holder_name   text,
    lock_reason        text,
    locked_since       timestamptz,
    current_run_id     text,
    current_run_since  timestamptz,
    check ((lock_holder is null) = (lock_holder_id is null)),
    check ((lock_holder is null) = (locked_since is null))
);
create unique index workspace_name on workspace (organization_id, name);
create index workspace_project on workspace (project_id);

-- A flat tag is a key without a value. A key has one value in a workspace.
create table workspace_tag (
    workspace_id text not null references workspace (id) on delete cascade,
    key          text not null,
    value        text not null,
    primary key (workspace_id, key)
);
create index workspace_tag_key on workspace_tag (key, value);
