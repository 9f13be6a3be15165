create table gpg_key (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    key_id          text        not null,
    ascii_armor     text        not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    unique (organization_id, key_id)
);

create table registry_module (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    name            text        not null,
    provider        text        not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    unique (organization_id, name, provider)
);

-- The archive lies encrypted among the artifacts; the upload key is kept as its hash.
create table registry_module_version (
    id              text primary key,
    module_id       text        not null references registry_module (id) on delete cascade,
    version         text        not null,
    commit_sha      text,
    status          text        not null check (status in ('pending', 'ok', 'reg_ingress_failed')),
    error           text,
    upload_key_hash bytea       not null,
    artifact_id     text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    unique (module_id, version)
);

create table registry_provider (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    registry_name   text        not null check (registry_name in ('private', 'public')),
    namespace       text        not null,
    name            text        not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    unique (organization_id, registry_name, namespace, name)
);

create table registry_provider_version (
    id              text primary key,
    provider_id     text        not null references registry_provider (id) on delete cascade,
    version         text        not null,
    key_id          text        not null,
    protocols       text        not null,
    upload_key_hash bytea       not null,
    shasums_id      text,
    shasums_sig_id  text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    unique (provider_id, version)
);

create table registry_provider_platform (
    id              text primary key,
    version_id      text  not null references registry_provider_version (id) on delete cascade,
    os              text  not null,
    arch            text  not null,
    filename        text  not null,
    shasum          text  not null,
    upload_key_hash bytea not null,
    binary_id       text,
    unique (version_id, os, arch)
);
