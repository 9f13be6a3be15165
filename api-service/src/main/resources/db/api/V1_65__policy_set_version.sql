-- A set whose policies come as one archive: the file policies.hcl says which, the other files are their text.
create table policy_set_version (
    id              text primary key,
    policy_set_id   text        not null references policy_set (id) on delete cascade,
    status          text        not null check (status in ('pending', 'ready', 'errored')),
    error           text,
    policies        text        not null,
    upload_key_hash bytea       not null,
    artifact_id     text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
create index policy_set_version_set on policy_set_version (policy_set_id);
alter table policy_set add column current_version_id text;
alter table policy_set add column newest_version_id text;
