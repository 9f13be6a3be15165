create table configuration_version (
    id                text primary key,
    workspace_id      text        not null references workspace (id) on delete cascade,
    status            text        not null check (status in ('pending', 'uploaded', 'errored', 'archived')),
    speculative       boolean     not null,
    provisional       boolean     not null,
    auto_queue_runs   boolean     not null,
    source            text        not null,
    error_message     text,
    upload_key_hash   bytea       not null,
    upload_expires_at timestamptz not null,
    artifact_id       text references artifact (id),
    artifact_sha256   text,
    artifact_size     bigint,
    created_by_id     text        not null,
    created_by_name   text        not null,
    created_at        timestamptz not null,
    uploaded_at       timestamptz,
    errored_at        timestamptz,
    archived_at       timestamptz,
    check ((status = 'uploaded') = (artifact_id is not null)),
    check ((status = 'errored') = (error_message is not null))
);
create index configuration_version_workspace on configuration_version (workspace_id, created_at desc, id);
