-- Price lists that a site administrator uploaded; the prices themselves are the cost-service's.
create table price_list (
    id          text primary key,
    file_name   text        not null,
    -- until the list was read
    artifact_id text references artifact (id),
    size        bigint      not null,
    status      text        not null check (status in ('reading', 'used', 'unused', 'refused')),
    bytes_read  bigint      not null default 0,
    reason      text,
    name        text,
    version     text,
    published   date,
    regions     text[],
    currencies  text[],
    prices      bigint,
    products    bigint,
    uploaded_by text        not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);
create index price_list_artifact on price_list (artifact_id);

-- How much of what is billed by use is used, as infracost-usage.yml says it; one for an organization, a project or a workspace.
create table usage_file (
    owner_id        text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    project_id      text references project (id) on delete cascade,
    workspace_id    text references workspace (id) on delete cascade,
    artifact_id     text        not null references artifact (id),
    sha256          text        not null,
    size            bigint      not null,
    updated_by      text        not null,
    updated_at      timestamptz not null
);
create index usage_file_organization on usage_file (organization_id);
create index usage_file_project on usage_file (project_id);
create index usage_file_workspace on usage_file (workspace_id);
create index usage_file_artifact on usage_file (artifact_id);
