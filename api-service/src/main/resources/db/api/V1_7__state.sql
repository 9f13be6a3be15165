create table state_version (
    id                text primary key,
    workspace_id      text        not null references workspace (id) on delete cascade,
    sequence          bigint      not null generated always as identity,
    status            text        not null check (status in ('pending', 'finalized', 'discarded')),
    serial            bigint      not null check (serial >= 0),
    lineage           text        not null,
    md5               text        not null,
    forced            boolean     not null,
    run_id            text,
    rollback_of       text,
    upload_key_hash   bytea,
    upload_expires_at timestamptz,
    artifact_id       text references artifact (id),
    artifact_sha256   text,
    artifact_size     bigint,
    json_artifact_id  text references artifact (id),
    terraform_version text,
    format            integer,
    managed_resources integer     not null default 0,
    summary           text,
    created_by_id     text,
    created_at        timestamptz not null,
    check ((status = 'finalized') = (artifact_id is not null))
);
create index state_version_workspace on state_version (workspace_id, sequence desc);
create index state_version_run on state_version (run_id);

-- Every value is sealed, sensitive or not.
create table state_version_output (
    id               text primary key,
    state_version_id text    not null references state_version (id) on delete cascade,
    position         integer not null,
    name             text    not null,
    sensitive        boolean not null,
    type             text    not null,
    sealed_value     bytea   not null,
    unique (state_version_id, position)
);
